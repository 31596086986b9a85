"""The lasting writer writes what the other one writes, beside it too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.model.digest import plain_digest
from gateway.model.errors import TraceError
from gateway.redaction.clean import Clean
from gateway.traces.resident_writer import MAX_OPEN, ResidentWriter
from gateway.traces.writer import FileWriter


def lines(store: Path, session: str = "s") -> list[bytes]:
    return (store / session / "events.ndjson").read_bytes().splitlines()


def chained(found: list[bytes]) -> bool:
    return all(json.loads(line)["prev_hash"] == plain_digest(before) for before, line in zip(found, found[1:], strict=False))


class TestAppend:
    def test_two_writers_of_one_session(self, tmp_path: Path) -> None:
        one, other = ResidentWriter(str(tmp_path)), FileWriter(str(tmp_path))
        for number in range(6):
            (one if number % 3 else other).append("s", Clean({"n": number}, {}, {}))
        found = lines(tmp_path)
        assert [json.loads(line)["n"] for line in found] == list(range(6)) and chained(found)

    def test_a_torn_line_is_ended_first(self, tmp_path: Path) -> None:
        writer = ResidentWriter(str(tmp_path))
        writer.append("s", Clean({"n": 0}, {}, {}))
        with (tmp_path / "s" / "events.ndjson").open("ab") as file:
            file.write(b'{"torn')
        writer.append("s", Clean({"n": 1}, {}, {}))
        found = lines(tmp_path)
        assert found[1] == b'{"torn' and json.loads(found[2]) == {"n": 1, "prev_hash": plain_digest(found[1])}

    def test_a_trace_that_was_removed_is_told_of_once(self, tmp_path: Path) -> None:
        writer = ResidentWriter(str(tmp_path))
        writer.append("s", Clean({"n": 0}, {}, {}))
        (tmp_path / "s" / "events.ndjson").unlink()
        with pytest.raises(TraceError, match="removed"):
            writer.append("s", Clean({"n": 1}, {}, {}))
        writer.append("s", Clean({"n": 2}, {}, {}))
        assert len(lines(tmp_path)) == 1

    def test_files_do_not_stay_open_without_bound(self, tmp_path: Path) -> None:
        writer = ResidentWriter(str(tmp_path))
        for number in range(MAX_OPEN + 10):
            writer.append(f"s{number}", Clean({"n": number}, {}, {}))
        assert len(writer._open_files) == MAX_OPEN
        writer.append("s0", Clean({"n": 0}, {}, {}))
        assert len(lines(tmp_path, "s0")) == 2
