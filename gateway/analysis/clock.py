"""A session's own clock: seconds since it began, never backwards, whatever the machine's clock did. Pure."""

from __future__ import annotations

STEP_SECONDS = 2.0
"""A smaller step back is two writers passing each other, not a clock that was set."""


class Clock:
    """Turns timestamps, given in the order of the record, into seconds since the first.

    begin    the first timestamp, in seconds since the epoch, or 0.0
    elapsed  the largest time that was told
    steps    how often the machine's clock went back
    """

    __slots__ = ("_shift", "begin", "elapsed", "steps")

    def __init__(self, begin: float = 0.0, elapsed: float = 0.0, shift: float = 0.0, steps: int = 0) -> None:
        self.begin = begin
        self.elapsed = elapsed
        self.steps = steps
        self._shift = shift

    def at(self, timestamp: float) -> float:
        """Return the seconds since the first event; an event without a time happened when the one before it did."""
        if not timestamp:
            return self.elapsed
        if not self.begin:
            self.begin = timestamp
        now = timestamp - self.begin + self._shift
        if now > self.elapsed:
            self.elapsed = now
        elif now < self.elapsed - STEP_SECONDS:
            self._shift += self.elapsed - now
            self.steps += 1
            return self.elapsed
        return max(0.0, now)

    def state(self) -> tuple[float, float, float, int]:
        """Return what a clock that goes on later is made of."""
        return self.begin, self.elapsed, self._shift, self.steps
