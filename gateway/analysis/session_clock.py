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

    __slots__ = ("_now", "_zero", "begin", "elapsed", "steps")

    def __init__(self, begin: float = 0.0, zero: float = 0.0, now: float = 0.0, steps: int = 0) -> None:
        self.begin = begin
        self.elapsed = now - zero
        self.steps = steps
        self._zero = zero
        self._now = now

    @classmethod
    def since(cls, begin: float) -> Clock:
        """Return the clock of a session that began at a time and whose clock was never set back."""
        return cls(begin, begin, begin)

    def at(self, timestamp: float) -> float:
        """Return the seconds since the first event; an event without a time happened when the one before it did."""
        if timestamp > self._now:
            if not self.begin:
                self.begin = self._zero = timestamp
            self._now = timestamp
            self.elapsed = elapsed = timestamp - self._zero
            return elapsed
        if not timestamp:
            return self.elapsed
        if timestamp < self._now - STEP_SECONDS:
            self._zero = timestamp - self.elapsed
            self._now = timestamp
            self.steps += 1
            return self.elapsed
        return max(0.0, timestamp - self._zero)

    def state(self) -> tuple[float, float, float, int]:
        """Return what a clock that goes on later is made of."""
        return self.begin, self._zero, self._now, self.steps
