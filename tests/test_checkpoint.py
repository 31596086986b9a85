"""The one path: every step that fails refuses, obligations a door cannot discharge refuse, and the record comes before the answer."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gateway import checkpoint as module
from gateway import evaluation
from gateway.checkpoint import Checkpoint, Settings
from gateway.host import folder_lookup
from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import ALLOW, DENY
from gateway.model.errors import TraceError
from gateway.model.passage import Capabilities

FULL = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


def through(project: Path, door: Capabilities = FULL, **settings: Any) -> Checkpoint:
    return Checkpoint(Settings(door, trace_dir=str(project / "t"), **settings))


def bash(project: Path, command: str = "ls", **changes: Any) -> ToolCall:
    return ToolCall(**{"tool": "Bash", "arguments": {"command": command}, "session": "s", "cwd": str(project), "id": "t1", **changes})


def recorded(project: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (project / "t" / "s" / "events.ndjson").read_text().splitlines()]


STEPS = [
    *((folder_lookup, name) for name in ("load_policy", "anchor")),
    *((evaluation, name) for name in ("observe", "decide", "actions_of", "denies")),
    *((module, name) for name in ("cleaned_by", "store_key", "require", "explain", "new_event")),
]


class TestFaults:
    @pytest.mark.parametrize(("owner", "step"), STEPS)
    @pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), RecursionError(), MemoryError(), OSError("x"), TypeError("x")], ids=repr)
    def test_any_step_that_raises_refuses(
        self, project: Path, monkeypatch: pytest.MonkeyPatch, owner: ModuleType, step: str, error: Exception
    ) -> None:
        def broken(*_: object, **__: object) -> object:
            raise error

        monkeypatch.setattr(owner, step, broken)
        passage = through(project).before(bash(project))
        said = {RecursionError: "JSON nested too deeply", MemoryError: "not enough memory"}.get(type(error), "internal error")
        assert passage.effect == DENY and said in passage.text

    @pytest.mark.parametrize("step", ["cleaned_by", "store_key", "new_event"])
    def test_a_result_that_cannot_be_recorded_says_so(self, project: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
        def broken(*_: object, **__: object) -> object:
            raise ValueError("x")

        monkeypatch.setattr(module, step, broken)
        assert "internal error" in through(project).after(ToolResult("Bash", "x", session="s", id="t", cwd=str(project))).refused
        assert "internal error" in through(project).note("note", "s", {}, cwd=str(project), call="c")

    def test_a_record_that_cannot_be_kept_refuses_unless_observing(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise TraceError("the trace cannot be written: No space left on device")

        monkeypatch.setattr(module.FileWriter, "append", full)
        assert through(project).before(bash(project)).effect == DENY
        passage = through(project, observe=True).before(bash(project))
        assert passage.effect == ALLOW and "No space left" in passage.text

    def test_nor_where_the_users_own_policy_only_observes(self, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise TraceError("the trace cannot be written: No space left on device")

        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        (tmp_path / "config" / "agent-strace").mkdir(parents=True)
        (tmp_path / "config" / "agent-strace" / "agent-scope.json").write_text('{"mode": "observe"}')
        monkeypatch.setattr(module.FileWriter, "append", full)
        passage = through(project).before(bash(project))
        assert passage.effect == ALLOW and "No space left" in passage.text


class TestBefore:
    def test_the_record_holds_what_is_needed_to_decide_again(self, project: Path) -> None:
        (project / ".agent-scope.json").write_text('{"files": {"read": {"deny": [".env"]}}}')
        passage = through(project).before(bash(project, "cat .env"))
        (event,) = recorded(project)
        data = event["data"]
        assert passage.effect == DENY and passage.event == event["event_id"]
        assert data["decision"]["reasons"][0]["rule"] == "files.read.deny[0]"
        assert data["facts"]["project"] == str(project) and {action["verb"] for action in data["actions"]} >= {"run", "read"}

    def test_a_refusal_of_ours_is_recorded_too(self, project: Path) -> None:
        (project / ".agent-scope.json").write_text("{")
        assert through(project).before(bash(project)).effect == DENY
        assert recorded(project)[0]["data"]["decision"]["reasons"][0]["rule"] == "gateway"

    def test_a_policy_that_changes_between_two_calls_is_read_again(self, project: Path) -> None:
        point = through(project)
        assert point.before(bash(project)).effect == ALLOW
        (project / ".agent-scope.json").write_text('{"commands": {"deny": ["ls"]}}')
        assert point.before(bash(project)).effect == DENY


class TestObserve:
    def test_refuses_nothing_whatever_a_door_cannot_do(self, project: Path) -> None:
        (project / ".agent-scope.json").write_text('{"commands": {"ask": ["ls"]}, "redact": {"forward": ["secrets"]}}')
        passage = through(project, Capabilities(blocks=True), observe=True, forward=True).before(bash(project))
        assert passage.effect == ALLOW and recorded(project)[0]["data"]["decision"]["shadow"] == "ask"
        assert through(project, Capabilities(blocks=True)).before(bash(project)).effect == DENY


class TestForward:
    def test_arguments_and_results_are_rewritten_only_where_policy_says(self, project: Path) -> None:
        token = "ghp_" + "a1B2" * 9
        call = ToolCall("mcp__x__post", {"body": f"key {token}"}, session="s", cwd=str(project), id="t1")
        plain = through(project).before(call)
        assert (plain.effect, plain.rewritten, plain.call.arguments) == (ALLOW, False, call.arguments)
        (project / ".agent-scope.json").write_text('{"redact": {"forward": ["secrets"]}}')
        passage = through(project).before(call)
        assert passage.rewritten and token not in json.dumps(passage.call.arguments)
        returned = through(project).after(ToolResult("mcp__x__post", {"text": token, "n": 1}, session="s", cwd=str(project), id="t1"))
        assert returned.changed and token not in json.dumps(returned.result.output) and returned.result.output["n"] == 1
        assert token not in (project / "t" / "s" / "events.ndjson").read_text()
