"""One turn's outcome."""

from __future__ import annotations

from gateway.doors.mcp.session.pending_requests import Turn


class TestTurn:
    def test_an_answer_in_place_of_a_message_is_a_change(self) -> None:
        turn = Turn()
        turn.keep({"a": 1})
        assert not turn.changed
        turn.answer({"b": 1})
        assert turn.changed and turn.kept == [{"a": 1}, {"b": 1}]
