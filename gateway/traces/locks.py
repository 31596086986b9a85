"""The lock of a session's file: whoever writes to it holds it, and nobody waits for ever."""

from __future__ import annotations

import fcntl
import time

from gateway.lane_os import seconds_left
from gateway.model.errors import LockedError

LOCK_SECONDS = 4.0
"""Longest wait for another writer of the same session."""
_SPARE = 0.5
"""What is left of a process's own time to say that it waited in vain."""


def lock(fd: int, path: str = "the trace") -> None:
    """Take the lock of a session's file. Raises LockedError when another process keeps it.

    path  what is locked, for the reason
    """
    begun = deadline = 0.0
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            now = time.monotonic()
            begun = begun or now
            deadline = deadline or now + min(LOCK_SECONDS, max(0.0, seconds_left(LOCK_SECONDS + _SPARE) - _SPARE))
            if now > deadline:
                raise LockedError(
                    f"`{path}` was kept locked by another process for {now - begun:.1f} s",
                    f"see who holds it with `lsof {path}`; end that process, or wait for it, and try again",
                ) from None
            time.sleep(0.001)
