from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.recorded import Project, bash

ROOT = Path(__file__).resolve().parents[2]
HOOKS: dict[str, Any] = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def ran(hook: str, folder: Path, *files: str) -> int:
    """Return the exit code of a hook on some files, as pre-commit starts it."""
    chosen = [name for name in files if re.search(HOOKS[hook].get("files", ""), name)]
    assert len(chosen) == len(files)
    words = shlex.split(HOOKS[hook]["entry"])
    assert words[0] == "agent-strace"
    command = [f"{Path(sys.executable).parent}/agent-strace", *words[1:], *(files if HOOKS[hook].get("pass_filenames", True) else ())]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


class TestHooks:
    def test_each_has_what_pre_commit_asks_for(self) -> None:
        for hook in HOOKS.values():
            assert hook["name"] and hook["language"] == "python" and hook["entry"].startswith("agent-strace ")

    @pytest.mark.parametrize(("document", "code"), [({"commands": {"deny": ["curl"]}}, 0), ({"comands": {}}, 4)])
    def test_a_policy_is_checked(self, tmp_path: Path, document: Any, code: int) -> None:
        (tmp_path / ".agent-scope.json").write_text(json.dumps(document))
        assert ran("agent-strace-policy-check", tmp_path, ".agent-scope.json") == code

    @pytest.mark.parametrize(("expect", "code"), [("deny", 0), ("allow", 1)])
    def test_cases_are_run(self, tmp_path: Path, expect: str, code: int) -> None:
        (tmp_path / ".agent-scope.json").write_text(json.dumps({"commands": {"deny": ["curl"]}}))
        (tmp_path / "agent-scope.cases.yaml").write_text(f"cases: [{{call: 'Bash: curl x', expect: {expect}}}]\n")
        assert ran("agent-strace-policy-test", tmp_path, "agent-scope.cases.yaml") == code

    @pytest.mark.parametrize(("observe", "code"), [(False, 0), (True, 1)])
    def test_sessions_are_audited(self, tmp_path: Path, observe: bool, code: int) -> None:
        project = Project(tmp_path, {"commands": {"deny": ["curl"]}})
        project.record("s", [bash("curl x.example.com"), bash("ls")], observe=observe)
        assert ran("agent-strace-audit", tmp_path) == code
