"""The lock of a session's file: whoever writes to it holds it, and nobody waits for ever."""

from __future__ import annotations

import fcntl
import time

from gateway.model.errors import TraceError

LOCK_SECONDS = 4.0
"""Longest wait for another writer of the same session."""


def lock(fd: int) -> None:
    """Take the lock of a session's file. Raises TraceError when another process keeps it."""
    deadline = 0.0
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            now = time.monotonic()
            deadline = deadline or now + LOCK_SECONDS
            if now > deadline:
                raise TraceError("the trace is locked by another process", "see who holds it with `lsof`") from None
            time.sleep(0.001)
