from __future__ import annotations

import os
from pathlib import Path

from tests.command_line import run, run_json


class TestCheck:
    def test_the_projects_own_policy_when_none_is_named(self, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
        (tmp_path / ".agent-scope.json").write_text('{"commands": {"deny": ["curl"]}}')
        monkeypatch.chdir(tmp_path)
        said = run_json("policy", "check", "--json")
        assert [(os.path.basename(file["file"]), file["ok"]) for file in said["files"]] == [(".agent-scope.json", True)]

    def test_nothing_to_check(self, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
        monkeypatch.chdir(tmp_path)
        assert run("policy", "check")[0] == 3

    def test_the_worst_file_decides(self, tmp_path: Path) -> None:
        good, found, bad = (tmp_path / name for name in ("good.json", "found.json", "bad.json"))
        good.write_text("{}")
        found.write_text('{"examples": [{"call": "Bash: ls", "expect": "deny"}]}')
        bad.write_text("{")
        assert [run("policy", "check", str(path))[0] for path in (good, found, bad)] == [0, 1, 4]
        assert run("policy", "check", str(good), str(bad), str(found))[0] == 4

    def test_what_is_safe_to_mend_is_mended(self, tmp_path: Path) -> None:
        path = tmp_path / "p.json"
        path.write_text('{"commands": {"deny": [\n  "git",\n  "git push"\n]}}\n')
        code, out, err = run("policy", "check", str(path), "--fix")
        assert code == 0 and "taken out: commands.deny[1]" in err and out.startswith("✓")
        assert path.read_text() == '{"commands": {"deny": [\n  "git"\n]}}\n'
