"""The policy decision point: a call's actions, what is seen of them, the verdict; and that judging leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gateway import evaluation
from gateway.evaluation import judge, look_and_judge, looked_at, with_actions
from gateway.model.action import READ, RUN, USE, Action
from gateway.model.call import ToolCall
from gateway.model.decision import Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.policy.layers import combine
from gateway.policy.parse import parse_value
from tests.builders import HOME, PROJECT, call, facts, policy

DENIES_ENV = {"files": {"read": {"deny": [".env"]}}}


@pytest.fixture
def project(tmp_path: Path) -> str:
    (tmp_path / ".git").mkdir()
    return str(tmp_path)


class TestWithActions:
    def test_says_what_a_call_would_do_and_leaves_the_call_as_it_is(self) -> None:
        plain = ToolCall("Bash", {"command": "cat .env"}, cwd=PROJECT)
        read = with_actions(plain, policy({}), HOME)
        assert {(action.verb, action.target) for action in read.actions} >= {(USE, "Bash"), (RUN, "cat"), (READ, ".env")}
        assert plain.actions == () and (read.tool, read.arguments, read.cwd) == (plain.tool, plain.arguments, plain.cwd)

    def test_asks_the_policy_what_the_arguments_of_an_mcp_tool_are(self) -> None:
        document = {"mcp": {"servers": {"files": {"effects": {"fetch": {"read": ["/where"]}}}}}}
        read = with_actions(ToolCall("mcp__files__fetch", {"where": ".env"}, cwd=PROJECT), policy(document), HOME)
        assert (READ, ".env") in {(action.verb, action.target) for action in read.actions}

    def test_a_tilde_is_the_given_home(self) -> None:
        document = {"files": {"read": {"deny": ["~/.ssh/**"]}}}
        read = with_actions(ToolCall("Read", {"file_path": f"{HOME}/.ssh/config"}, cwd=PROJECT), policy(document), HOME)
        assert judge(policy(document), read, facts()).effect == DENY


class TestLookedAt:
    def test_sees_where_a_link_leads(self, project: str) -> None:
        Path(project, ".env").touch()
        Path(project, "link").symlink_to(".env")
        _, seen = looked_at(policy(DENIES_ENV), ToolCall("Read", {"file_path": "link"}, cwd=project), project=project)
        assert seen.real[f"{project}/link"] == f"{project}/.env" and seen.project == project

    @pytest.mark.parametrize("name", ["/etc/x/policy.json", "built-in.yaml"])
    def test_policy_files_are_places_of_the_guard_by_their_paths(self, project: str, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        told: list[tuple[str, ...]] = []
        monkeypatch.setattr(evaluation, "observe", lambda *_, policies, **__: told.append(policies) or facts())
        compiled = combine([("project", parse_value({"commands": {"deny": ["x"]}}, name))], "sha256:test")
        looked_at(compiled, ToolCall("Read", {"file_path": "x"}, cwd=project), project=project)
        assert told == [(name,) if name.startswith("/") else ()]

    def test_uses_the_home_of_the_user(self, project: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", project)
        assert looked_at(policy({}), ToolCall("Read", {"file_path": "x"}, cwd=project), project=project)[1].home == project


class TestLookAndJudge:
    @pytest.mark.parametrize(("name", "want"), [("link", DENY), (".env", DENY), ("a.py", ALLOW)])
    def test_judges_what_was_seen(self, project: str, name: str, want: int) -> None:
        Path(project, ".env").touch()
        Path(project, "link").symlink_to(".env")
        judged, seen, decision = look_and_judge(policy(DENIES_ENV), ToolCall("Read", {"file_path": name}, cwd=project), project=project)
        assert decision.effect == want and decision == judge(policy(DENIES_ENV), judged, seen)

    def test_leaves_nothing_behind(self, project: str) -> None:
        look_and_judge(policy(DENIES_ENV), ToolCall("Bash", {"command": "cat .env > out"}, cwd=project), project=project)
        assert sorted(path.name for path in Path(project).iterdir()) == [".git"]


class TestJudge:
    @pytest.mark.parametrize("effect", [ALLOW, ASK, DENY])
    def test_what_the_session_says_counts_like_a_rule(self, effect: int) -> None:
        session = (Reason(effect, "limits.tool_calls", "too many"),)
        decision = judge(policy({}), call(Action(USE, "T")), facts(), session)
        assert decision.effect == effect and decision.reasons[0].text == "too many"


def test_judging_loads_nothing_that_writes() -> None:
    code = "import sys, gateway.evaluation; print([name for name in sys.modules if name in ('gateway.checkpoint', 'gateway.traces.writer')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
