from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.traces.tail import Tail


@pytest.fixture
def fd(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "events").write_bytes(b"one\ntwo\n" + b"x" * 3_000_000 + b"\ntorn")
    handle = os.open(tmp_path / "events", os.O_RDONLY)
    yield handle
    os.close(handle)


class TestLines:
    def test_raw_lines_from_an_offset_on_the_torn_one_included(self, fd: int, tmp_path: Path) -> None:
        tail = Tail(fd, os.fstat(fd).st_size, f"{tmp_path}/tally.json")
        assert [len(line) for line in tail.lines(4)] == [3, 3_000_000, 4]
        assert list(tail.lines(tail.size)) == []


class TestSnapshot:
    def test_kept_with_where_the_events_end(self, fd: int, tmp_path: Path) -> None:
        tail = Tail(fd, 10, f"{tmp_path}/tally.json")
        tail.finish(99)
        assert tail.snapshot() == b""
        tail.keep = {"offset": 0, "a": 1}
        tail.finish(99)
        assert json.loads(tail.snapshot()) == {"offset": 99, "a": 1}
        assert (tmp_path / "tally.json").stat().st_mode & 0o777 == 0o600

    def test_not_being_able_to_costs_no_event(self, fd: int) -> None:
        tail = Tail(fd, 10, "/nowhere/tally.json")
        tail.keep = {}
        tail.finish(1)
        assert tail.snapshot() == b""
