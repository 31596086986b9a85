"""What an event of the record is made of."""

from __future__ import annotations

from gateway.model.action import READ, Action
from gateway.model.call import ToolCall
from gateway.traces.events import MAX_ACTIONS, call_data, new_event
from gateway.traces.ids import event_id
from tests.builders import decide, facts


class TestNewEvent:
    def test_a_calls_event_is_named_after_it(self) -> None:
        event = new_event("tool_call", "s", call="c", parent="p", duration_ms=1.5, at=7.0)
        assert event == {
            "event_type": "tool_call",
            "timestamp": 7.0,
            "event_id": event_id("s", "c"),
            "session_id": "s",
            "parent_id": "p",
            "duration_ms": 1.5,
        }

    def test_others_have_names_of_their_own(self) -> None:
        assert new_event("note", "s")["event_id"] != new_event("note", "s")["event_id"]


class TestCallData:
    def test_enough_to_decide_again_and_no_more(self) -> None:
        actions = tuple(Action(READ, f"f{number}") for number in range(MAX_ACTIONS + 5))
        data = call_data(ToolCall("Read", {"a": 1}, id="c", actions=actions, cwd="/x"), facts(), decide({}))
        assert data["tool_use_id"] == "c" and data["decision"]["effect"] == "allow" and len(data["actions"]) == MAX_ACTIONS
