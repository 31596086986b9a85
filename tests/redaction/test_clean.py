from __future__ import annotations

from gateway.redaction.clean import Clean, cleaned_again, cleaned_by
from gateway.redaction.redact import Cleaner

TOKEN = "ghp_" + "a1B2c3D4e" * 4


class TestCleanedBy:
    def test_tells_what_was_taken_out_and_that_all_was_looked_at(self) -> None:
        clean = cleaned_by(Cleaner(b"key"), {"command": f"echo {TOKEN}"})
        assert TOKEN not in str(clean.data) and clean.removed == {"github-token": 1}
        assert clean.scan["state"] == "complete" and "missed" not in clean.scan

    def test_what_holds_nothing_stays_as_it_is(self) -> None:
        clean = cleaned_by(Cleaner(b"key"), {"command": "ls"})
        assert clean.data == {"command": "ls"} and clean.removed == {}


class TestClean:
    def test_an_event_says_what_was_taken_out_of_it(self) -> None:
        event = Clean({"a": 1}, {"email": 2}, {"state": "complete"}).within({"event_id": "x"})
        assert event.data == {"event_id": "x", "data": {"a": 1}, "redacted": {"email": 2}, "scan": {"state": "complete"}}

    def test_an_event_without_findings_does_not_mention_any(self) -> None:
        assert "redacted" not in Clean({}, {}, {}).within({}).data


class TestCleanedAgain:
    def test_counts_add_to_those_of_the_first_time(self) -> None:
        event = {"event_id": "x", "data": {"text": TOKEN}, "redacted": {"github-token": 1}, "scan": {}}
        again = cleaned_again(Cleaner(b"key"), event)
        assert again.data["redacted"] == {"github-token": 2} and again.data["event_id"] == "x" and TOKEN not in str(again.data)

    def test_an_event_with_nothing_left_is_the_same_object(self) -> None:
        event = {"event_id": "x", "data": {"text": "plain"}, "scan": {}}
        assert cleaned_again(Cleaner(b"key"), event).data is event
