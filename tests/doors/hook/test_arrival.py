from __future__ import annotations

from gateway.doors.hook.arrival import Arrival, Reply, SessionEvent


class TestArrival:
    def test_holds_one_kind_of_thing(self) -> None:
        event = SessionEvent("note", "s", {"a": 1})
        assert Arrival(event=event) == Arrival(event=SessionEvent("note", "s", {"a": 1})) != Arrival()

    def test_a_reply_is_silence_unless_told_otherwise(self) -> None:
        assert Reply() == Reply(0, "", "")
