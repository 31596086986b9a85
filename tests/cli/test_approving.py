"""From the denied call to the allowed one, through a person at a terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.authoring import remember_approval
from gateway.checkpoint import Checkpoint, Settings
from gateway.cli import approving
from gateway.cli.tree import build
from gateway.host import approvals
from gateway.host.user_folders import config_folder, state_folder
from gateway.model.call import ToolCall
from gateway.model.effects import ALLOW, DENY
from gateway.model.passage import Capabilities, Passage
from gateway.traces.reader import events
from tests import command_line

NO_QUESTIONS = Capabilities(blocks=True, rewrites_arguments=True, rewrites_results=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".agent-scope.json").write_text('{"commands": {"ask": ["git push"]}}')
    return tmp_path


def made(project: Path, command: str = "git push", name: str = "t1", **changes: Any) -> Passage:
    call = ToolCall("Bash", {"command": command}, session="s", cwd=str(project), id=name, **changes)
    return Checkpoint(Settings(NO_QUESTIONS, trace_dir=f"{project}/t")).before(call)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person types, one answer after the other."""
    answers: list[str] = []
    monkeypatch.setattr(approving, "refusal", lambda session: "")
    monkeypatch.setattr(approving, "answer", lambda question: answers.pop(0))
    return answers


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(build("approve"), ["approve", *arguments])
    return done.exit_code, done.output + str(done.exception or "")


def waiting() -> str:
    (asked,) = approvals.all_waiting(0.0)
    return str(asked["name"])


class TestOnce:
    def test_from_the_denial_to_the_call(self, project: Path, typed: list[str]) -> None:
        denied = made(project)
        assert denied.effect == DENY and f"agent-strace approve {waiting()}" in denied.text
        typed.append(waiting()[:4])
        assert run(waiting())[0] == 0
        allowed = made(project, name="t2")
        assert allowed.effect == ALLOW and allowed.decision is not None and allowed.decision.reasons[0].rule == "approval"
        assert made(project, name="t3").effect == DENY

    def test_the_record_holds_the_grant_and_its_verdict_is_reached_again(self, project: Path, typed: list[str]) -> None:
        made(project)
        typed.append(waiting()[:4])
        run(waiting())
        made(project, name="t2")
        store = ("--trace-dir", f"{project}/t")
        code, out, _ = command_line.run(*store, "verify", "--decisions")
        assert code == 0 and "✓ verdicts: 2 reached again" in out
        (granted,) = [one for one in events(f"{project}/t", "s") if one.data["decision"]["effect"] == "allow"]
        grant = granted.data["decision"]["grant"]
        assert grant["by"] and grant["at"] < grant["expires"] and grant["digest"][:10]

    def test_a_grant_of_another_call_does_not_hold(self, project: Path, typed: list[str]) -> None:
        made(project)
        typed.append(waiting()[:4])
        run(waiting())
        made(project, name="t2")
        path = Path(f"{project}/t/s/events.ndjson")
        path.write_text(path.read_text().replace('"git push"', '"git push origin"'))
        code, out, _ = command_line.run("--trace-dir", f"{project}/t", "verify", "--decisions")
        assert code == 1 and "the grant that it was allowed by is not for this call" in out

    def test_whose_key_is_not_here_is_not_reached_again(self, project: Path, typed: list[str]) -> None:
        made(project)
        typed.append(waiting()[:4])
        run(waiting())
        made(project, name="t2")
        Path(state_folder(), "key").write_bytes(os.urandom(32))
        code, out, _ = command_line.run("--trace-dir", f"{project}/t", "verify", "--decisions")
        assert code == 0 and "1 allowed by a person, which only their own key can show" in out

    def test_another_call_is_not_meant(self, project: Path, typed: list[str]) -> None:
        made(project)
        typed.append(waiting()[:4])
        run(waiting())
        assert made(project, "git push --tags").effect == DENY

    def test_a_deny_cannot_be_approved_away(self, project: Path, typed: list[str]) -> None:
        made(project)
        typed.append(waiting()[:4])
        run(waiting())
        (project / ".agent-scope.json").write_text('{"commands": {"deny": ["git push"]}}')
        assert made(project).effect == DENY

    def test_anything_else_leaves_it(self, project: Path, typed: list[str]) -> None:
        made(project)
        typed.append("y")
        assert run(waiting())[0] == 1
        assert made(project).effect == DENY

    def test_nobody_answers_for_a_person(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made(project)
        monkeypatch.setattr(approving, "refusal", lambda session: "this runs inside an agent")
        assert "nobody here can answer" in run(waiting())[1]

    def test_what_waits_holds_no_secret(self, project: Path) -> None:
        token = "ghp_" + "Ab1" * 12
        made(project, f"git push https://x:{token}@example.com/r.git")
        assert token not in json.dumps(approvals.all_waiting(0.0))

    def test_an_agent_may_not_approve(self, project: Path) -> None:
        assert made(project, f"agent-strace approve {'a' * 10}").effect == DENY
        assert made(project, "script -qc 'agent-strace approve abc' /dev/null").effect == DENY


class TestRemember:
    def test_shows_what_it_changes_and_takes_the_entry_back(self, tmp_path: Path, typed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(remember_approval, "compared", lambda old, new, cwd: remembering_compared(old, new, cwd))
        denied = made(tmp_path, "sudo ls")
        assert denied.effect == DENY
        typed.extend(["yes", waiting()[:4]])
        code, said = run(waiting(), "--remember")
        assert code == 0 and '"sudo"' in said
        assert json.loads((Path(config_folder()) / "agent-scope.json").read_text()) == {"relax": ["sudo"]}
        assert made(tmp_path, "sudo ls", "t2").effect == ALLOW and made(tmp_path, "sudo ls", "t3").effect == ALLOW

    def test_a_rule_of_the_project_is_changed_where_it_stands(self, project: Path, typed: list[str]) -> None:
        made(project)
        assert "change it in" in run(waiting(), "--remember")[1] and typed == []


def remembering_compared(old: Any, new: Any, cwd: str) -> Any:
    from gateway.authoring.diff.compare import Comparison

    assert old != new and cwd
    return Comparison()
