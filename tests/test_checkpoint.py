"""The one path: every step that fails refuses, obligations a door cannot discharge refuse, and the record comes before the answer."""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gateway import checkpoint as module
from gateway import evaluation
from gateway.checkpoint import Checkpoint, Settings
from gateway.host import approvals, folder_lookup
from gateway.model.call import ToolCall, ToolResult
from gateway.model.decision import Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import LockedError, TraceError
from gateway.model.passage import Capabilities
from gateway.traces.ids import event_id

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


def result(project: Path, output: object = "x", **changes: Any) -> ToolResult:
    return ToolResult(**{"tool": "Bash", "output": output, "session": "s", "cwd": str(project), "id": "t1", **changes})


def write_policy(project: Path, document: object) -> None:
    (project / ".agent-scope.json").write_text(document if isinstance(document, str) else json.dumps(document))


TOKEN = "ghp_" + "a1B2" * 9
TAKES = {"redact": {"forward": ["secrets"]}}
UNREADABLE = "{"


class TestRecordedResult:
    @pytest.mark.parametrize(("name", "known_as"), [("t1", "t1"), ("s:4", None), ("", None), ("other:4", "other:4")])
    def test_it_is_known_by_its_clients_name_alone(self, project: Path, name: str, known_as: str | None) -> None:
        through(project).after(result(project, id=name))
        (event,) = recorded(project)
        assert event["data"].get("tool_use_id") == known_as

    def test_it_hangs_on_its_call_where_it_has_one(self, project: Path) -> None:
        point = through(project)
        passage = point.before(bash(project))
        point.after(result(project))
        point.after(result(project, id=""))
        parents = [event.get("parent_id", "") for event in recorded(project)[1:]]
        assert parents == [passage.event, ""] and passage.event

    @pytest.mark.parametrize(("failed", "kind", "key"), [(True, "error", "error"), (False, "tool_result", "result")])
    def test_a_failure_is_one(self, project: Path, failed: bool, kind: str, key: str) -> None:
        returned = through(project).after(result(project, failed=failed, context={"exit": 3}, duration_ms=7.0))
        (event,) = recorded(project)
        assert (event["event_type"], event["data"][key], event["data"]["exit"], event["duration_ms"]) == (kind, "x", 3, 7.0)
        assert returned.event == event["event_id"] and returned.refused == ""


class TestWithholding:
    """What policy takes out goes nowhere while nobody can take it out, or tell whether it would be."""

    @pytest.mark.parametrize(("observe", "forward"), [(False, False), (False, True), (True, False), (True, True)])
    def test_where_the_policy_cannot_be_read(self, project: Path, observe: bool, forward: bool) -> None:
        write_policy(project, UNREADABLE)
        point = through(project, observe=observe, forward=forward)
        returned = point.after(result(project))
        passes = observe and not forward
        assert bool(returned.withheld) is not passes and returned.unsure is not forward
        assert point.forwards(str(project)) is not passes and point.hands_on is False

    @pytest.mark.parametrize("observe", [False, True])
    def test_where_it_could_not_be_cleaned_observing_or_not(self, project: Path, monkeypatch: pytest.MonkeyPatch, observe: bool) -> None:
        def broken(*_: object, **__: object) -> object:
            raise ValueError("x")

        write_policy(project, TAKES)
        monkeypatch.setattr(module, "cleaner_for", broken)
        returned = through(project, observe=observe).after(result(project))
        assert "internal error (ValueError)" in returned.withheld and returned.unsure is False

    @pytest.mark.parametrize(("document", "settings", "takes"), [({}, {}, False), (TAKES, {}, True), ({}, {"forward": True}, True)])
    def test_and_is_handed_on_where_nothing_is_taken(self, project: Path, document: object, settings: dict[str, Any], takes: bool) -> None:
        write_policy(project, document)
        point = through(project, **settings)
        returned = point.after(result(project, f"key {TOKEN}"))
        assert (returned.withheld, returned.changed, point.hands_on) == ("", takes, not takes)
        assert (TOKEN in returned.result.output) is not takes and point.forwards(str(project)) is takes

    def test_what_was_known_of_one_result_is_not_believed_of_the_next(self, project: Path) -> None:
        point = through(project)
        point.after(result(project))
        write_policy(project, UNREADABLE)
        point.after(result(project))
        assert point.hands_on is False


class TestForwardOption:
    @pytest.mark.parametrize(("mask", "kinds"), [(False, ["redact"]), (True, ["redact", "mask"])])
    def test_is_an_obligation_as_if_policy_said_so(self, project: Path, mask: bool, kinds: list[str]) -> None:
        passage = through(project, forward=True, mask=mask).before(bash(project))
        assert passage.decision is not None
        mine = [(one.kind, one.reach, one.what) for one in passage.decision.obligations if one.rule == "--forward"]
        assert mine == [(kind, "forward", what) for kind, what in zip(kinds, ("secrets", "pii"), strict=False)]
        assert through(project, Capabilities(blocks=True), forward=True).before(bash(project)).effect == DENY

    @pytest.mark.parametrize(("forward", "mask", "kept"), [(True, True, False), (True, False, True), (False, True, True)])
    def test_personal_data_goes_on_unless_both_say_otherwise(self, project: Path, forward: bool, mask: bool, kept: bool) -> None:
        returned = through(project, forward=forward, mask=mask).after(result(project, "mail ann@corp.io now"))
        assert ("ann@corp.io" in returned.result.output) is kept
        assert ("ann@corp.io" in json.dumps(recorded(project))) is not mask

    def test_what_is_denied_is_handed_back_as_it_came(self, project: Path) -> None:
        write_policy(project, {**TAKES, "commands": {"deny": ["ls"]}})
        call = bash(project, f"ls {TOKEN}")
        passage = through(project).before(call)
        assert (passage.effect, passage.rewritten, passage.call.arguments) == (DENY, False, call.arguments)


class TestPassing:
    @pytest.mark.parametrize(("document", "takes"), [({}, False), (TAKES, True)])
    def test_a_value_that_is_no_calls(self, project: Path, document: object, takes: bool) -> None:
        write_policy(project, document)
        value, changed = through(project).passing({"text": TOKEN}, str(project))
        assert (changed, TOKEN in json.dumps(value)) == (takes, not takes)

    def test_nothing_passes_that_cannot_be_cleaned(self, project: Path) -> None:
        write_policy(project, UNREADABLE)
        with pytest.raises(TraceError):
            through(project).passing("x", str(project))
        assert through(project, observe=True).passing("x", str(project)) == ("x", False)


class TestForesee:
    @pytest.mark.parametrize(("observe", "effect"), [(False, DENY), (True, ALLOW)])
    def test_the_verdict_that_it_would_meet_unrecorded(self, project: Path, observe: bool, effect: int) -> None:
        write_policy(project, {"commands": {"deny": ["ls"]}})
        seen = through(project, observe=observe).foresee(bash(project))
        assert seen is not None and (seen.effect, seen.shadow) == (effect, DENY)
        assert not (project / "t" / "s").exists()

    def test_none_where_there_is_none_to_tell(self, project: Path) -> None:
        write_policy(project, UNREADABLE)
        assert through(project).foresee(bash(project)) is None


class TestLate:
    def test_what_is_over_is_recorded_when_it_was_and_refused_nothing(self, project: Path) -> None:
        write_policy(project, {"commands": {"deny": ["ls"]}})
        point = through(project)
        decision = point.late_call(bash(project), 1000.0)
        point.late_result(result(project), 1001.0)
        point.late_note("user_prompt", "s", {"text": "hi"}, at=1002.0, name="n1", cwd=str(project), parent="p")
        assert (decision.effect, decision.shadow, decision.reasons[-1].rule) == (ALLOW, DENY, "afterwards")
        events = recorded(project)
        assert [(event["event_type"], event["timestamp"]) for event in events] == [
            ("tool_call", 1000.0),
            ("tool_result", 1001.0),
            ("user_prompt", 1002.0),
        ]
        assert events[1]["parent_id"] == events[0]["event_id"] and events[2]["parent_id"] == "p"
        assert [event["event_id"] for event in events[1:]] == [event_id("s", "result:t1"), event_id("s", "n1")]


class TestMarks:
    def test_a_note_says_nothing_when_it_was_recorded(self, project: Path) -> None:
        assert through(project).note("user_prompt", "s", {"text": TOKEN}, cwd=str(project), call="c", parent="p", duration_ms=3.0) == ""
        (event,) = recorded(project)
        assert (event["event_id"], event["parent_id"], event["duration_ms"]) == (event_id("s", "c"), "p", 3.0)
        assert TOKEN not in json.dumps(event)

    def test_a_start_is_recorded_clean(self, project: Path) -> None:
        through(project).start("s", {"agent_name": f"a {TOKEN}"}, cwd=str(project))
        text = (project / "t" / "s" / "meta.json").read_text()
        assert TOKEN not in text and json.loads(text)["agent_name"].startswith("a ")


class TestLimits:
    LIMITS = {"limits": {"tool_calls": {"max": 1, "effect": "stop"}}}

    def test_the_call_beyond_ends_the_session_and_the_record_says_what_was_counted(self, project: Path) -> None:
        write_policy(project, self.LIMITS)
        point = through(project)
        first, second = point.before(bash(project)), point.before(bash(project, id="t2"))
        assert [(one.effect, one.stop) for one in (first, second)] == [(ALLOW, False), (DENY, True)]
        events = recorded(project)
        assert [event["event_id"] for event in events] == [first.event, second.event]
        assert all("limits" in event["data"] for event in events)

    def test_watched_they_end_nothing(self, project: Path) -> None:
        write_policy(project, self.LIMITS)
        point = through(project, observe=True)
        assert [(one.effect, one.stop) for one in (point.before(bash(project)), point.before(bash(project, id="t2")))] == [(ALLOW, False)] * 2


class TestAskedElsewhere:
    """Where nobody can be asked through the door, a person may answer elsewhere, once."""

    DOOR = Capabilities(blocks=True, rewrites_arguments=True, rewrites_results=True)

    def test_a_call_waits_by_a_name_and_is_allowed_once(self, project: Path) -> None:
        write_policy(project, {"commands": {"ask": ["ls"]}})
        point = through(project, self.DOOR)
        passage = point.before(bash(project, f"ls {TOKEN}"))
        (waits,) = approvals.all_waiting(time.time())
        assert passage.effect == DENY and f"agent-strace approve {waits['digest'][:10]}" in passage.text
        assert (waits["tool"], waits["session"], waits["cwd"]) == ("Bash", "s", str(project)) and TOKEN not in json.dumps(waits)
        assert waits["store"] == str(project / "t") and waits["reasons"][0]["rule"] == "commands.ask[0]"
        approvals.grant(waits["digest"][:10], "ann", time.time())
        answered = point.before(bash(project, f"ls {TOKEN}"))
        assert answered.effect == ALLOW and answered.decision is not None and answered.decision.reasons[0].text == "ann allowed it once"
        assert point.before(bash(project, f"ls {TOKEN}")).effect == DENY

    @pytest.mark.parametrize(("asks", "waiting"), [(None, 0), (True, 0), (False, 1)])
    def test_the_door_may_say_call_by_call(self, project: Path, asks: bool | None, waiting: int) -> None:
        write_policy(project, {"commands": {"ask": ["ls"]}})
        passage = through(project).before(bash(project), asks=asks)
        assert passage.effect == (DENY if waiting else ASK) and len(approvals.all_waiting(time.time())) == waiting

    @pytest.mark.parametrize(("command", "settings"), [("pwd", {}), ("rm x", {}), ("ls", {"observe": True})])
    def test_only_what_is_asked_about_waits(self, project: Path, command: str, settings: dict[str, Any]) -> None:
        write_policy(project, {"commands": {"ask": ["ls"], "deny": ["rm"]}})
        through(project, self.DOOR, **settings).before(bash(project, command))
        assert approvals.all_waiting(time.time()) == []

    def test_it_is_refused_where_it_cannot_be_made_to_wait(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> str:
            raise TraceError("no space")

        write_policy(project, {"commands": {"ask": ["ls"]}})
        monkeypatch.setattr(approvals, "ask", full)
        passage = through(project, self.DOOR).before(bash(project))
        assert passage.effect == DENY and "nobody can be asked here" in passage.text and "agent-strace approve" not in passage.text


class TestFound:
    @pytest.mark.parametrize("observe", [False, True])
    def test_what_the_door_found_is_judged_like_a_rule(self, project: Path, observe: bool) -> None:
        passage = through(project, observe=observe).before(bash(project), found=(Reason(DENY, "mcp.pins", "the tool changed"),))
        assert passage.effect == (ALLOW if observe else DENY) and ("the tool changed" in passage.text) is not observe
        assert recorded(project)[0]["data"]["decision"]["reasons"][0]["text"] == "the tool changed"


class TestRefusing:
    def test_a_held_lock_is_not_waited_for_twice(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        tries: list[str] = []

        def held(_: object, session: str, *__: object) -> None:
            tries.append(session)
            raise LockedError("held")

        monkeypatch.setattr(module.FileWriter, "append", held)
        assert through(project).before(bash(project)).effect == DENY and tries == ["s"]

    def test_a_surprise_is_told_by_its_kind_and_what_it_said(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object, **__: object) -> object:
            raise ValueError("y" * 300)

        monkeypatch.setattr(module, "judge", broken)
        passage = through(project).before(bash(project))
        assert f"internal error (ValueError: {'y' * 200})" in passage.text
        (event,) = recorded(project)
        assert (event["data"]["tool_name"], event["data"]["arguments"], event["data"]["cwd"]) == ("Bash", {"command": "ls"}, str(project))
        assert event["data"]["decision"]["effect"] == "deny"


class TestResident:
    def test_records_what_any_other_does_and_remembers_what_it_cleaned(self, project: Path) -> None:
        point = through(project, resident=True)
        assert all(point.before(bash(project, f"echo {TOKEN}", id=name)).effect == ALLOW for name in ("t1", "t2"))
        assert [TOKEN in json.dumps(event) for event in recorded(project)] == [False, False]
        assert point._remembering() is point._remembering() and through(project)._memory is None

    def test_a_text_is_recorded_up_to_its_longest(self, project: Path) -> None:
        through(project, resident=True, longest=1000).after(result(project, "word " * 1000))
        assert len(json.dumps(recorded(project))) < 3000

    @pytest.mark.parametrize(("resident", "count"), [(True, 1), (False, 1)])
    def test_one_writer_a_store(self, project: Path, monkeypatch: pytest.MonkeyPatch, resident: bool, count: int) -> None:
        point, made = through(project, resident=resident), []
        monkeypatch.setattr(Checkpoint, "_new_writer", lambda self, store, new=Checkpoint._new_writer: made.append(store) or new(self, store))
        for name in ("t1", "t2"):
            point.before(bash(project, id=name))
        assert made == [str(project / "t")] * count
