"""The events of a session up to one of them, found again by their number or by what their lines hold. Keeps their
places, not them.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Self

from gateway.model.errors import TraceError
from gateway.model.event import ERROR, USER_PROMPT, Event
from gateway.traces.decode import head, parsed
from gateway.traces.reader import EVENTS, Warn, skipped

_WINDOW = 1024 * 1024
"""Bytes that are searched at a time."""
_KEPT = 8 * 1024 * 1024
"""Bytes of lines whose events are kept once they were asked for."""


class Backlog:
    """Reads a session once, up to an event, and then goes back to what came before it.

    count    how many events it has, up to the one it was read for
    wanted   number of that event, 0 when there is none
    """

    def __init__(self, store: str, session: str, *, number: int = 0, id: str = "", warn: Warn | None = None) -> None:
        """Read a session up to an event, by number or by the beginning of its id; to its end without either. Raises
        TraceError.
        """
        self._session = session
        self._offsets = array("Q")
        self._prompts = array("L")
        self._errors = array("L")
        self._events: dict[int, Event] = {}
        self._kept = 0
        self._seen = (0, 0, b"")
        self.wanted = 0
        try:
            self._fd = os.open(f"{store}/{session}/{EVENTS}", os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise TraceError(f"session `{session}` cannot be read: {error.strerror}") from None
        self._end = self._scan(number, id, warn)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        os.close(self._fd)

    @property
    def count(self) -> int:
        """How many events were read."""
        return len(self._offsets)

    def _scan(self, number: int, id: str, warn: Warn | None) -> int:
        """Find the places of events; return where the last of them ends."""
        offsets, offset = self._offsets, 0
        with open(os.dup(self._fd), "rb") as file:
            for at, line in enumerate(file, 1):
                found = head(line)
                if found is not None:
                    offsets.append(offset)
                    self._mark(found[0], len(offsets))
                elif warn is not None and not line.isspace():
                    warn(skipped(self._session, at, line))
                offset += len(line)
                if found is not None and (len(offsets) == number or (id and found[1].startswith(id))):
                    self.wanted = len(offsets)
                    break
        return offset

    def _mark(self, kind: str, number: int) -> None:
        if kind == USER_PROMPT:
            self._prompts.append(number)
        elif kind == ERROR:
            self._errors.append(number)

    def event(self, number: int) -> Event:
        """Return an event by its number. Raises TraceError when its line is not there any more."""
        event = self._events.get(number)
        if event is None:
            start = self._offsets[number - 1]
            end = self._offsets[number] if number < len(self._offsets) else self._end
            event = parsed(self._read(start, end).partition(b"\n")[0])
            if event is None:
                raise TraceError(f"session `{self._session}` was changed while it was read")
            self._kept += end - start
            if self._kept > _KEPT:
                self._events.clear()
                self._kept = end - start
            self._events[number] = event
        return event

    def _read(self, start: int, end: int) -> bytes:
        known_start, known_end, data = self._seen
        if known_start <= start and end <= known_end:
            return data[start - known_start : end - known_start]
        return os.pread(self._fd, end - start, start)

    def prompt_before(self, number: int) -> int:
        """Return the number of the last prompt before an event, 0 when there is none."""
        at = bisect_left(self._prompts, number)
        return self._prompts[at - 1] if at else 0

    def errors_before(self, number: int, *, after: int = 0) -> Iterator[int]:
        """Yield the numbers of the errors before an event, the latest first, down to another."""
        for at in range(bisect_left(self._errors, number) - 1, -1, -1):
            if self._errors[at] <= after:
                return
            yield self._errors[at]

    def holding(self, needle: bytes, before: int, most: int) -> Iterator[int]:
        """Yield the numbers of the events before one whose lines hold some bytes, the latest first; looks at about
        `most` bytes.
        """
        end = self._offsets[before - 1]
        stop = max(end - most, self._offsets[0])  # what stands before the first event is none
        while end > stop:
            start = self._offsets[max(bisect_right(self._offsets, max(end - _WINDOW, stop)) - 1, 0)]
            if self._seen[:2] != (start, end):
                self._seen = (start, end, os.pread(self._fd, end - start, start))
            data = self._seen[2]
            at = data.rfind(needle)
            while at >= 0:
                number = bisect_right(self._offsets, start + at)
                yield number
                at = data.rfind(needle, 0, self._offsets[number - 1] - start)
            end = start
