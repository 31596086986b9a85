"""A time limit on work whose length somebody else's input decides: regular expressions, globs, examples of a policy."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class OutOfTimeError(Exception):
    """The time was over before the work was done."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Do something within a time; a limit that is in force already goes on behind it. Raises OutOfTimeError.

    The alarm reaches into a regular expression: `re` looks for signals while it backtracks. Only the main thread has
    alarms; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, over)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    begun = time.monotonic()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - begun)) if left else 0)
        signal.signal(signal.SIGALRM, before)
