from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import run, run_json
from tests.recorded import Project, bash, read


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    found = Project(tmp_path)
    found.record("one", [read("src/a.py"), bash("git status")])
    found.record("two", [read("src/b.py"), bash("git log")])
    monkeypatch.chdir(tmp_path)
    return found


class TestGenerate:
    def test_a_dry_run_prints_and_writes_nothing(self, project: Project) -> None:
        code, out, err = run("policy")
        assert code == 0 and json.loads(out)["version"] == 1 and "Learned from 4 calls of 2 sessions" in err
        assert not project.policy.exists()

    def test_what_is_written_passes_the_check(self, project: Project) -> None:
        assert run("policy", "--output", ".agent-scope.json", "--last", "20")[0] == 0
        code, out, _ = run("policy", "check")
        assert code == 0, out
        assert run("policy", "backtest", "--all", "--fail-on", "any")[0] == 0

    def test_an_old_policy_is_kept(self, project: Project) -> None:
        project.policy.write_text('{"commands": {"deny": ["curl"]}}')
        code, _, err = run("policy", "--output", ".agent-scope.json")
        assert code == 0 and "kept as .agent-scope.json.1" in err
        assert json.loads(Path(".agent-scope.json.1").read_text()) == {"commands": {"deny": ["curl"]}}
        assert run("policy", "-o", ".agent-scope.json")[0] == 0 and Path(".agent-scope.json.2").exists()

    def test_one_line_that_no_entry_can_hold_costs_no_more_than_itself(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project = Project(tmp_path)
        project.record("one", [bash("go test ./..."), bash("sed -i '' '\n12d\n' a.go"), read("a\nb"), bash("git --version")])
        monkeypatch.chdir(tmp_path)
        code, out, err = run("policy", "generate", "--all")
        assert code == 0 and "Not learned" in err
        matches = [entry["match"] for entry in json.loads(out)["commands"]["allow"]]
        assert "git --version" in matches and "go test" in matches and "git" not in matches

    def test_the_owners_denies_and_asks_are_kept(self, project: Project) -> None:
        project.write({"files": {"read": {"deny": [".env"]}}, "commands": {"ask": ["git push"], "deny": ["curl"]}, "limits": {"tool_calls": 9}})
        assert run("policy", "--output", ".agent-scope.json")[0] == 0
        written = json.loads(project.policy.read_text())
        assert ".env" in written["files"]["read"]["deny"] and written["limits"] == {"tool_calls": 9}
        assert written["commands"]["ask"] == ["git push"] and written["commands"]["deny"] == ["curl"]
        assert run("policy", "check")[0] == 0
        assert run_json("policy", "eval", "Bash: git push origin main")["effect"] == "ask"

    def test_a_policy_that_has_no_meaning_is_not_replaced(self, project: Project) -> None:
        project.policy.write_text('{"comands": {}}')
        assert run("policy", "--output", ".agent-scope.json")[0] == 4

    def test_named_sessions_alone(self, project: Project) -> None:
        said = run_json("policy", "one", "--json")
        assert (said["sessions"], said["calls_learned"]) == (1, 2)
        assert run_json("policy", "generate", "--json")["sessions"] == 2

    @pytest.mark.parametrize(("arguments", "code"), [(("nosuch",), 3), (("--since", "2999-01-01"), 3), (("--last", "0"), 2), (("--nonsense",), 2)])
    def test_exit_codes(self, project: Project, arguments: tuple[str, ...], code: int) -> None:
        assert run("policy", *arguments)[0] == code

    def test_nothing_that_can_be_learned(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project = Project(tmp_path / "p")
        project.record("one", [read(".env")])
        monkeypatch.chdir(project.root)
        code, _, err = run("policy")
        assert code == 3 and "Read .env" in err
