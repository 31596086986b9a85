from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.model.errors import TraceError
from gateway.model.event import Event
from gateway.traces.follow import follow


def line(number: int) -> str:
    return json.dumps({"event_type": "note", "timestamp": number, "event_id": str(number), "session_id": "s", "data": {}}) + "\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "s").mkdir()
    return tmp_path / "s" / "events.ndjson"


def ids(stream: Iterator[Event | None]) -> list[str]:
    """Return the events up to the next pause."""
    found = []
    for event in stream:
        if event is None:
            break
        found.append(event.id)
    return found


class TestFollow:
    def test_from_the_first_event_on_whole_lines_only(self, path: Path) -> None:
        path.write_text(line(1) + line(2)[:20])
        stream = follow(str(path.parents[1]), "s", interval=0)
        assert ids(stream) == ["1"] and ids(stream) == []
        with path.open("a") as file:
            file.write(line(2)[20:] + "rubbish\n" + line(3))
        assert ids(stream) == ["2", "3"]

    def test_a_file_that_gets_shorter_begins_anew(self, path: Path) -> None:
        path.write_text(line(1) + line(2))
        stream = follow(str(path.parents[1]), "s", interval=0)
        assert ids(stream) == ["1", "2"]
        path.write_text(line(9))
        assert ids(stream) == ["9"]

    def test_one_that_goes_away_is_an_error(self, path: Path) -> None:
        path.write_text(line(1))
        stream = follow(str(path.parents[1]), "s", interval=0)
        ids(stream)
        path.unlink()
        with pytest.raises(TraceError, match="cannot be followed"):
            ids(stream)
