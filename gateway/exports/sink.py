"""Where an export goes: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from gateway.host.writing import whole_file

BATCH = 262_144
"""Bytes that are written at once."""


class Interruption:
    """Whether a person has asked to stop."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        """Return it."""
        return self.asked


@contextmanager
def interruptible() -> Iterator[Interruption]:
    """Let Ctrl-C end an export well: the first one ends it at the next event, the second at once. Raises
    KeyboardInterrupt at the end.
    """
    asked = Interruption()

    def ask(number: int, frame: object) -> None:
        if asked.asked:
            raise KeyboardInterrupt
        asked.asked = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
    if asked.asked:
        raise KeyboardInterrupt


def write_out(pieces: Iterable[bytes], fd: int) -> None:
    """Write everything to a descriptor, without a buffer that could be flushed once more after a failure. Raises
    OSError.
    """
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= BATCH:
            _write(fd, b"".join(held))
            held, size = [], 0
    _write(fd, b"".join(held))


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def write_file(pieces: Iterable[bytes], path: str, stopped: Interruption) -> None:
    """Write a file; one that was stopped on the way leaves what was there before. Raises OSError."""
    with suppress(_StoppedError), whole_file(path) as file:
        write_out(pieces, file.fileno())
        if stopped():
            raise _StoppedError


class _StoppedError(Exception):
    """A person asked to stop."""
