from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import run, run_json
from tests.recorded import Project, bash, read


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    found = Project(tmp_path / "p", {"commands": {"deny": ["curl"]}})
    found.record("one", [bash("curl x.example"), bash("make")])
    found.record("two", [read("a.md")])
    monkeypatch.chdir(found.root)
    (tmp_path / "new.json").write_text(json.dumps({"commands": {"deny": ["curl", "make"]}}))
    return found


class TestBacktest:
    @pytest.mark.parametrize(("word", "code"), [("newly-denied", 1), ("any", 1), ("newly-allowed", 0), ("newly-asked", 0)])
    def test_what_shall_fail(self, project: Project, word: str, code: int) -> None:
        assert run("policy", "backtest", "--policy", "../new.json", "--all", "--fail-on", word)[0] == code

    def test_one_document(self, project: Project) -> None:
        said = run_json("policy", "backtest", "--policy", "../new.json", "--all", "--json")
        assert (said["sessions"], said["calls"], said["changes"]["newly-denied"]) == (2, 3, 1)
        assert said["changed"][0]["call"] == "Bash $ make" and said["policy_revision"].startswith("sha256:")

    def test_todays_policy_says_what_it_said(self, project: Project) -> None:
        code, out, _ = run("policy", "backtest", "one", "--fail-on", "any")
        assert code == 0 and "every call is judged as before" in out

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [(("--fail-on", "nonsense"), 2), (("nosuch",), 3), (("--policy", "missing.json"), 4), (("--since", "2999-01-01"), 3), (("--last", "1"), 0)],
    )
    def test_exit_codes(self, project: Project, arguments: tuple[str, ...], code: int) -> None:
        assert run("policy", "backtest", *arguments)[0] == code
