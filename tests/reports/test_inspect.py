from __future__ import annotations

from pathlib import Path

from tests.reports.command_line import Run
from tests.stores import event, pytest_story, session


class TestInspect:
    def test_is_the_whole_session_as_one_document(self, store: Path, run: Run) -> None:
        story = [{**one, "tenant": "t", "prev_hash": "f0"} for one in pytest_story()]
        session(store, "s", *story, meta={"session_id": "s", "agent_name": "a", "anything": [1]})
        assert run("inspect", "s").json == {"session": {"session_id": "s", "agent_name": "a", "anything": [1]}, "events": story}

    def test_skips_and_tells_of_what_is_none(self, store: Path, run: Run) -> None:
        session(store, "s", b"junk\n", event("x", 1), b"\n", b'{"torn')
        found = run("inspect")
        assert [one["event_type"] for one in found.json["events"]] == ["x"]
        assert "line 1 is not an event" in found.err and "line 4 is torn" in found.err

    def test_an_empty_session_is_a_document_too(self, store: Path, run: Run) -> None:
        session(store, "s")
        assert run("inspect").json == {"session": {"session_id": "s"}, "events": []}

    def test_what_a_terminal_would_obey_is_escaped(self, store: Path, run: Run) -> None:
        session(store, "s", b'{"event_type":"x","data":{"a":"\xc2\x9b2J \xe2\x80\xae \xc3\xa9"}}\n')
        found = run("inspect")
        assert "\\u009b2J \\u202e é" in found.out and found.json["events"][0]["data"]["a"] == "\x9b2J \u202e é"
