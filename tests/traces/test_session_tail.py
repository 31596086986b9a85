"""What a session holds when one more event is written: read in pieces, at a cost that grows with the last line and no faster."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.model.digest import plain_digest
from gateway.traces import session_tail as module
from gateway.traces.session_tail import Tail, last_line


@pytest.fixture
def fd(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "events").write_bytes(b"one\ntwo\n" + b"x" * 3_000_000 + b"\ntorn")
    handle = os.open(tmp_path / "events", os.O_RDONLY)
    yield handle
    os.close(handle)


class TestLines:
    def test_raw_lines_from_an_offset_on_the_torn_one_included(self, fd: int, tmp_path: Path) -> None:
        tail = Tail(fd, os.fstat(fd).st_size, f"{tmp_path}/tally.json")
        assert [(len(line), end) for line, end in tail.lines(4)] == [(3, 8), (3_000_000, 3_000_009), (4, tail.size)]
        assert list(tail.lines(tail.size)) == []

    @pytest.mark.parametrize("block", [1, 2, 3, 7, 1 << 20])
    @pytest.mark.parametrize("data", [b"", b"\n", b"a", b"a\n", b"\n\na\n", b"ab\ncd", b"ab\n\ncd\n"])
    def test_wherever_the_pieces_are_cut(self, tmp_path: Path, data: bytes, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "_LARGE_BLOCK", block)
        (tmp_path / "e").write_bytes(data)
        with (tmp_path / "e").open("rb") as file:
            found = list(Tail(file.fileno(), len(data), "").lines(0))
        assert [line for line, _ in found] == (data.removesuffix(b"\n").split(b"\n") if data.removesuffix(b"\n") or data == b"\n" else [])
        assert [end for _, end in found] == [len(b"".join(data.splitlines(keepends=True)[: at + 1])) for at in range(len(found))]


class TestFinish:
    def test_who_made_the_event_is_told_where_it_ends(self, fd: int) -> None:
        tail, told = Tail(fd, 10, ""), list[int]()
        tail.finish(9)
        tail.then = told.append
        tail.finish(99)
        assert told == [99]


class TestLastLine:
    @pytest.mark.parametrize("block", [1, 2, 5, 1 << 16])
    @pytest.mark.parametrize(
        ("data", "last", "torn"),
        [
            (b"", b"", False),
            (b"\n", b"", False),
            (b"a\n", b"a", False),
            (b"a", b"a", True),
            (b"a\nbcdefghij\n", b"bcdefghij", False),
            (b"a\nbcdefghij", b"bcdefghij", True),
            (b"a\n\n", b"", False),
            (b"abcdefghijklmnop\n", b"abcdefghijklmnop", False),
        ],
    )
    def test_its_digest_and_whether_it_is_torn(
        self, tmp_path: Path, data: bytes, last: bytes, torn: bool, block: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_BLOCK", block)
        monkeypatch.setattr(module, "_LARGE_BLOCK", block)
        (tmp_path / "e").write_bytes(data)
        with (tmp_path / "e").open("rb") as file:
            assert last_line(file.fileno(), len(data)) == (plain_digest(last) if last else "", torn)

    def test_one_four_times_as_long_costs_about_four_times_as_much(self, tmp_path: Path) -> None:
        """Reading backwards and joining cost 16 times as much; a call of 16 MB was the last one of its session."""

        def cost(size: int) -> float:
            (tmp_path / "e").write_bytes(b"{}\n" + b"x" * size + b"\n")
            with (tmp_path / "e").open("rb") as file:
                best = 9.0
                for _ in range(3):
                    begun = time.process_time()
                    last_line(file.fileno(), size + 4)
                    best = min(best, time.process_time() - begun)
            return best

        assert cost(32 << 20) / cost(8 << 20) < 8

    def test_is_never_held_whole(self, tmp_path: Path) -> None:
        (tmp_path / "e").write_bytes(b"{}\n" + b"x" * (24 << 20))
        with (tmp_path / "e").open("rb") as file:
            tracemalloc.start()
            last_line(file.fileno(), (24 << 20) + 3)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert peak < 4 << 20
