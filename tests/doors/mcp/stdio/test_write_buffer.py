"""An buffer never blocks and loses nothing while somebody reads."""

from __future__ import annotations

import os

import pytest

from gateway.doors.mcp.stdio.write_buffer import WriteBuffer, unblocked


@pytest.fixture
def pipe() -> tuple[int, int]:
    return os.pipe()


class TestOutbox:
    @pytest.mark.parametrize("blocking", [False, True])
    def test_everything_arrives_in_order(self, pipe: tuple[int, int], blocking: bool) -> None:
        end, start = pipe
        assert blocking or unblocked(start, ())
        box = WriteBuffer(start, blocking=blocking)
        box.put(b"a" * 300_000)
        box.put(b"b" * 10)
        got = b""
        while len(got) < 300_010:
            box.flush()
            got += os.read(end, 100_000)
        assert got == b"a" * 300_000 + b"b" * 10 and box.size == 0

    def test_a_reader_that_went_away(self, pipe: tuple[int, int]) -> None:
        end, start = pipe
        os.close(end)
        box = WriteBuffer(start)
        box.put(b"x")
        assert box.gone and box.size == 0
        box.put(b"y")
        assert box.size == 0


class TestUnblocked:
    def test_not_when_another_descriptor_would_feel_it(self, pipe: tuple[int, int]) -> None:
        other = os.dup(pipe[1])
        assert not unblocked(pipe[1], (other,))
        assert os.get_blocking(pipe[1])

    def test_not_a_file(self, tmp_path: os.PathLike[str]) -> None:
        fd = os.open(os.path.join(tmp_path, "f"), os.O_CREAT | os.O_WRONLY)
        assert not unblocked(fd, ())
