"""What one hook process imports: a list, because milliseconds are noisy and modules are not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.doors.hook.install import ENTRY

ALLOWED = frozenset(
    line.strip() for line in (Path(__file__).parent / "lane.txt").read_text().splitlines() if line.strip() and not line.startswith("#")
)

AS_NAMED = ("gateway.shell.programs.", "gateway.shell.languages.", "gateway.redaction.detectors")
"""Loaded when a program, a language, or a value that looks like one of a family's, is named."""

PROBE = """
import sys
import posix
sys.argv = ["entry.py", "hook", *sys.argv[2:]]
path = {entry!r}
sys.path.insert(0, path[: path.rfind("/gateway/")])
import gateway.entry
from gateway.lane_os import os
def told(code):
    posix.write(2, ("\\n" + " ".join(sorted(sys.modules))).encode())
    posix._exit(code)
os._exit = told
gateway.entry.main()
"""

CALLS = {
    "read": ("pre-tool", {"tool_name": "Read", "tool_input": {"file_path": "/x/README.md"}}),
    "command": ("pre-tool", {"tool_name": "Bash", "tool_input": {"command": "git status && pytest -q | head -20"}}),
    "compound": ("pre-tool", {"tool_name": "Bash", "tool_input": {"command": "for f in *.py; do sed -n 1p $f > out; done; rm -rf build"}}),
    "code": ("pre-tool", {"tool_name": "Bash", "tool_input": {"command": "perl -e 'unlink q(x)' && ruby -v"}}),
    "result": ("post-tool", {"hook_event_name": "PostToolUse", "tool_name": "Bash", "tool_input": {}, "tool_response": {"stdout": "plain text"}}),
    "prompt": ("user-prompt", {"hook_event_name": "UserPromptSubmit", "prompt": "hello there"}),
    "end": ("session-end", {"hook_event_name": "SessionEnd", "reason": "exit"}),
    "completed": ("stop", {"hook_event_name": "Stop", "last_assistant_message": "done", "transcript_path": __file__}),
}


def loaded(event: str, payload: dict[str, object], folder: Path) -> set[str]:
    """Return the modules that a warm hook process holds when it ends."""
    text = json.dumps({"session_id": "s", "cwd": str(folder), "tool_use_id": "t", **payload})
    command = [sys.executable, "-I", "-S", "-c", PROBE.format(entry=ENTRY), "hook", event]
    for _ in range(2):
        done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=folder, check=False)
        assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("\n")[2].split())


class TestLane:
    @pytest.mark.parametrize("name", CALLS)
    def test_a_hook_loads_only_what_the_list_names(self, name: str, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        (tmp_path / ".agent-scope.json").write_text('{"files": {"read": {"deny": [".env"]}}, "network": {"deny": ["evil.example"]}}')
        foreign = {module for module in loaded(*CALLS[name], tmp_path) if not module.startswith(AS_NAMED)}
        assert foreign - ALLOWED == set()

    def test_code_loads_the_module_of_its_own_language(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").write_text('{"files": {"read": {"deny": [".env"]}}}')
        named = {module.removeprefix("gateway.shell.languages.") for module in loaded(*CALLS["code"], tmp_path) if ".languages." in module}
        assert {module for module in named if not module.startswith("script")} == {"perl"}

    def test_seeded_red(self, tmp_path: Path) -> None:
        (tmp_path / ".agent-scope.json").write_text("{}")
        text = json.dumps({"session_id": "s", "cwd": str(tmp_path), "tool_name": "Read", "tool_input": {"file_path": "/x"}})
        probe = PROBE.format(entry=ENTRY).replace("import gateway.entry", "import gateway.entry, argparse")
        command = [sys.executable, "-I", "-S", "-c", probe, "hook", "pre-tool"]
        done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert {"argparse", "re", "enum"} <= set(done.stderr.rpartition("\n")[2].split()) - ALLOWED
