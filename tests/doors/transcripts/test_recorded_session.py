"""What the record tells of a session that its transcript is held against."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gateway.doors.transcripts.recorded_session import Recorded, call_key, plain


def written(folder: Path, *events: dict[str, Any]) -> Recorded:
    """Return what a session of these events holds."""
    (folder / "s").mkdir()
    lines = [json.dumps({"timestamp": 1.0, "event_id": f"e{number}", "data": {}, **event}) for number, event in enumerate(events)]
    (folder / "s" / "events.ndjson").write_text("\n".join(["torn", *lines]))
    return Recorded(str(folder), "s")


class TestRecorded:
    def test_a_call_is_refused_answered_or_without_a_name(self, tmp_path: Path) -> None:
        found = written(
            tmp_path,
            {"event_type": "tool_call", "data": {"tool_name": "Bash", "tool_use_id": "t1", "decision": {"effect": "deny"}}},
            {"event_type": "tool_call", "data": {"tool_name": "Read", "arguments": {"b": 1, "a": 2}, "decision": {"effect": "allow"}}},
            {"event_type": "error", "parent_id": "x"},
        )
        assert (found.refused, found.answered, found.ids) == ({"e0"}, {"x"}, {"e0", "e1", "e2"})
        assert found.nameless == {call_key({"tool_name": "Read", "arguments": {"a": 2, "b": 1}}, ""): 1}

    def test_what_hooks_said_is_counted_and_what_is_late_is_not(self, tmp_path: Path) -> None:
        answer = {"event_type": "assistant_response", "data": {"text": "Done.\n"}}
        late = {"event_type": "assistant_response", "data": {"text": "Done.", "late": True}}
        assert written(tmp_path, answer, late, answer).words == {("assistant_response", "", "Done."): 2}

    def test_late_events_after_the_end_do_not_undo_it(self, tmp_path: Path) -> None:
        found = written(tmp_path, {"event_type": "session_end"}, {"event_type": "llm_response", "data": {"late": True}})
        assert found.ended

    def test_a_session_that_goes_on_after_its_end_is_not_over(self, tmp_path: Path) -> None:
        assert not written(tmp_path, {"event_type": "session_end"}, {"event_type": "user_prompt", "data": {"prompt": "more"}}).ended

    def test_the_fullest_usage_of_a_request_counts(self, tmp_path: Path) -> None:
        events = [{"event_type": "llm_response", "data": {"message_id": "m", "usage": {"output_tokens": count}}} for count in (3, 9, 4)]
        assert written(tmp_path, *events).used == {"m": 9}


def test_words_are_compared_without_their_blanks() -> None:
    assert plain(" a\n b ") == plain("a b") != plain("ab")
