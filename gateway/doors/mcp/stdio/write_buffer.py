"""WriteBuffer: bytes on their way into a pipe that may be full. Never blocks; what the reader does not take waits
here.
"""

from __future__ import annotations

import os
import stat
from collections import deque

SMALL = 4096
"""Bytes that a pipe that polls as writable takes without blocking (PIPE_BUF, pipe(7))."""


class WriteBuffer:
    """What is still to be written to one file descriptor.

    gone  the reader is not there any more; what is left has been thrown away
    size  bytes that wait
    """

    def __init__(self, fd: int, *, blocking: bool = False) -> None:
        self.fd = fd
        self.size = 0
        self.gone = False
        self._blocking = blocking
        self._waiting: deque[memoryview] = deque()

    def put(self, data: bytes) -> None:
        """Write what can be written now, keep the rest."""
        if self.gone:
            return
        if not self._waiting and not self._blocking:
            try:
                done = os.write(self.fd, data)
            except BlockingIOError:
                done = 0
            except OSError:
                self.drop()
                return
            if done == len(data):
                return
            data = data[done:] if done else data
        self._waiting.append(memoryview(data))
        self.size += len(data)

    def flush(self) -> None:
        """Write on, now that the pipe polls as writable."""
        while self._waiting:
            first = self._waiting[0]
            try:
                done = os.write(self.fd, first[:SMALL] if self._blocking else first)
            except BlockingIOError:
                return
            except OSError:
                self.drop()
                return
            self.size -= done
            if done == len(first):
                self._waiting.popleft()
            else:
                self._waiting[0] = first[done:]
            if self._blocking:
                return

    def drop(self) -> None:
        """Give up on the reader."""
        self.gone = True
        self.size = 0
        self._waiting.clear()


def unblocked(fd: int, others: tuple[int, ...]) -> bool:
    """Make a descriptor not block, if nobody else can feel it; return whether that was done.

    others  descriptors that would be changed with it when they are the same open file
    """
    here = os.fstat(fd)
    if not (stat.S_ISFIFO(here.st_mode) or stat.S_ISSOCK(here.st_mode)):
        return False
    for other in others:
        try:
            there = os.fstat(other)
        except OSError:
            continue
        if (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino):
            return False
    os.set_blocking(fd, False)
    return True
