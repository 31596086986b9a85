"""Files are there whole or not at all; Ctrl-C ends well."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.exports.sink import BATCH, Interruption, interruptible, write_file, write_out


def failing() -> Iterator[bytes]:
    """Yield something, then break as a full disk does."""
    yield b"x" * (BATCH + 1)
    raise OSError(28, "No space left on device")


class TestFile:
    def test_is_written_whole(self, tmp_path: Path) -> None:
        write_file([b"a", b"b" * BATCH, b"c"], str(tmp_path / "out"), Interruption())
        assert (tmp_path / "out").read_bytes() == b"a" + b"b" * BATCH + b"c"
        assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600

    def test_the_one_before_survives_a_full_disk(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("before")
        with pytest.raises(OSError, match="No space left") as caught:
            write_file(failing(), str(tmp_path / "out"), Interruption())
        assert caught.value.filename == str(tmp_path / "out")
        assert (tmp_path / "out").read_text() == "before" and os.listdir(tmp_path) == ["out"]

    def test_the_one_before_survives_an_interruption(self, tmp_path: Path) -> None:
        stopped = Interruption()
        stopped.asked = True
        (tmp_path / "out").write_text("before")
        write_file([b"half"], str(tmp_path / "out"), stopped)
        assert (tmp_path / "out").read_text() == "before" and os.listdir(tmp_path) == ["out"]

    def test_a_full_device_is_said(self) -> None:
        fd = os.open("/dev/full", os.O_WRONLY)
        try:
            with pytest.raises(OSError, match="No space left"):
                write_out([b"x"], fd)
        finally:
            os.close(fd)


class TestInterruption:
    def test_the_first_asks_and_the_end_raises(self) -> None:
        with pytest.raises(KeyboardInterrupt), interruptible() as stopped:
            assert not stopped()
            os.kill(os.getpid(), signal.SIGINT)
            assert stopped()

    def test_the_second_ends_at_once(self) -> None:
        reached = False
        with pytest.raises(KeyboardInterrupt), interruptible():
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            reached = True
        assert not reached

    def test_the_handler_before_comes_back(self) -> None:
        before = signal.getsignal(signal.SIGINT)
        with interruptible():
            pass
        assert signal.getsignal(signal.SIGINT) is before
