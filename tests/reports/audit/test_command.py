from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import run, run_json
from tests.recorded import Project, bash
from tests.reports.audits import recorded


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    found = recorded(tmp_path)
    found.record("session-2", [bash("ls")])
    monkeypatch.chdir(tmp_path)
    return found


class TestAudit:
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("session-1",), 1),
            (("session-2",), 0),
            ((), 0),
            (("session-1", "session-2"), 1),
            (("--all",), 1),
            (("--last", "1"), 0),
            (("--since", "2999-01-01"), 3),
            (("nosuch",), 3),
            (("--format", "nosuch"), 2),
            (("--policy", "missing.json"), 4),
            (("--baseline", "missing.json"), 4),
        ],
    )
    def test_exit_codes(self, project: Project, arguments: tuple[str, ...], code: int) -> None:
        assert run("audit", *arguments)[0] == code

    @pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
    def test_every_form_of_several_sessions_to_a_file(self, project: Project, form: str) -> None:
        code, out, _ = run("audit", "--all", "--format", form, "--output", "out")
        assert (code, out) == (1, "") and "session-1" in Path("out").read_text()

    def test_a_baseline_makes_it_pass_until_something_new_happens(self, project: Project) -> None:
        assert run("audit", "--all", "--write-baseline", "known.json")[0] == 0
        code, out, _ = run("audit", "--all", "--baseline", "known.json")
        assert code == 0 and "☑️  Known (5):" in out
        project.record("session-3", [bash("curl new.example.com")], observe=True)
        code, out, _ = run("audit", "--all", "--baseline", "known.json")
        assert code == 1 and "Ran: curl new.example.com ← denied" in out

    def test_what_was_blocked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project = recorded(tmp_path / "b", observe=False)
        monkeypatch.chdir(project.root)
        assert (run("audit")[0], run("audit", "--ignore-blocked")[0]) == (1, 0)

    def test_without_a_policy_sensitive_files_are_flagged(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project = recorded(tmp_path / "b", None)
        monkeypatch.chdir(project.root)
        _, out, _ = run("audit")
        assert "No policy file: only the built-in baseline is checked." in out and "🔐 Sensitive files accessed (2):" in out

    def test_a_session_without_calls_is_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project = Project(tmp_path / "b")
        project.record("empty", [])
        monkeypatch.chdir(project.root)
        assert run("audit")[0] == 3

    def test_shadow(self, project: Project) -> None:
        code, out, _ = run("audit", "session-2", "--shadow")
        assert code == 0 and "would have changed nothing" in out
        assert len(run_json("audit", "session-1", "--json", code=1)["audits"][0]["would_have_changed"]) == 6

    def test_sarif_on_stdout_is_one_document(self, project: Project) -> None:
        _, out, _ = run("audit", "--all", "--format", "sarif")
        assert json.loads(out)["version"] == "2.1.0"
