"""Crowds: the same literal many times in one unbroken run of characters, where trying each place would cost the square
of the run. Pure.

An attempt may cost as much as the run is long (a value reaches to the run's end, and its checks read it), and a run of
nothing but anchors (`eyJ.eyJ.eyJ.`) holds as many attempts as it has characters. So a run is tried at its first places
and at its last ones: what leads up to a value of its own kind without a space, a quote or another character that ends
it is at most a few of them, and a value at the end of whatever was put before it is still found.
"""

from __future__ import annotations

TRIED = 8
"""Places that are tried at each end of a run."""
_WINDOW = 4096

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Unbroken = Callable[[str], int]


class Crowd:
    """The attempts at one literal in one text, in the order of their places.

    literal   what is tried
    unbroken  tells how many characters at a text's beginning are one run
    """

    __slots__ = ("_count", "_first", "_tail", "literal", "unbroken")

    def __init__(self, literal: str, unbroken: Unbroken) -> None:
        self.literal = literal
        self.unbroken = unbroken
        self._first = -1
        self._count = 0
        self._tail = -1

    def after(self, text: str, at: int, following: int) -> int:
        """Return the place to try after one at `at`; `following` is where the literal stands next, -1 for nowhere."""
        if following < 0 or at < self._tail:
            return following
        if not self._count:
            self._first = at
        self._count += 1
        if self._count < TRIED:
            return following
        self._count = 0
        if self.unbroken(text[self._first : at]) < at - self._first:
            return following  # the places so far stand in several runs
        self._tail = self._run_end(text, at)
        return self._last_places(text, following)

    def _run_end(self, text: str, at: int) -> int:
        while True:
            count = self.unbroken(text[at : at + _WINDOW])
            at += count
            if count < _WINDOW:
                return at

    def _last_places(self, text: str, start: int) -> int:
        """Return the first of the last places in the run, `start` where there are not more."""
        place = self._tail
        for _ in range(TRIED):
            place = text.rfind(self.literal, start, place)
            if place < 0:
                return start
        return place
