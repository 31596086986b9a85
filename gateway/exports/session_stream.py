"""Leaving: a session on its way out, line by line, cleaned once more. What every format is written from.

A line that the record's own writer cleaned with the detectors of today, and that nobody has changed since (the line
after it holds its hash), goes out as it is: cleaning it again would find nothing. Everything else is cleaned again:
other versions' lines, older detectors', the last line, and whatever was edited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from gateway.analysis.export_cleaner import Recleaner, covers
from gateway.host.store_key import store_key
from gateway.model.decision import RECORD
from gateway.model.errors import TraceError
from gateway.model.event import Event
from gateway.model.json_text import dumps, line_of
from gateway.model.record import replaced
from gateway.redaction.policy_cleaner import wanted_by
from gateway.redaction.redact import Cleaner
from gateway.redaction.selection import Wanted
from gateway.traces.decode import REFUSED, Sealed, parsed, sealed_or_raise
from gateway.traces.reader import EVENTS, Warn, meta, skipped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_OURS = frozenset(("prev_hash", "redacted", "scan"))
"""Top-level fields that the record's own writer makes."""
COMPLETE = "complete"
TOGETHER = 16
"""Events that are looked at together."""
MAX_EDITIONS = 100
"""Most sets of detectors that are compared once and for all."""

Passed = tuple[bytes, Sealed | None, Event | None]
"""(a line, its frame when it goes out as it is, its event when it does not)."""
Cells = tuple[float, str, str, str, float | None, str]
"""(time, type, id, parent's id, duration in milliseconds, data as JSON) of an event."""


def _never() -> bool:
    return False


@dataclass(slots=True)
class Leaving:
    """One session on its way out.

    meta     what was noted of it when it started, cleaned
    wanted   what is taken out
    cleaner  makes what takes it out, for one value
    again    does, from one event after the other
    content  whether prompts, arguments and results go out too, where a format can do without
    service  name of the service that spans are of
    stopped  whether to end early: a person interrupts, and every format must still end well
    """

    store: str
    session: str
    wanted: Wanted
    cleaner: Callable[[], Cleaner]
    again: Recleaner
    meta: JsonObject = field(default_factory=dict)
    warn: Warn | None = None
    stopped: Callable[[], bool] = _never
    content: bool = True
    service: str = "agent-strace"
    _enough: dict[str, bool] = field(default_factory=dict)

    def events(self) -> Iterator[Event]:
        """Yield what happened."""
        for line, sealed, cleaned in self._passed():
            event = cleaned if sealed is None else parsed(line)
            if event is not None:
                yield event

    def lines(self) -> Iterator[bytes]:
        """Yield what happened as JSON, without line ends."""
        for line, _, event in self._passed():
            yield line.rstrip(b"\r\n") if event is None else line_of(event_data(event))[:-1]

    def cells(self) -> Iterator[Cells]:
        """Yield what happened in columns."""
        for _, sealed, event in self._passed():
            if sealed is not None:
                yield (
                    sealed.timestamp,
                    sealed.type,
                    sealed.id,
                    sealed.parent,
                    sealed.duration_ms,
                    bytes(sealed.data).decode(),
                )
            elif event is not None:
                yield event.timestamp, event.type, event.id, event.parent, event.duration_ms, dumps(event.data)

    def _passed(self) -> Iterator[Passed]:
        """Yield every line that holds an event; what must be cleaned is cleaned together, one look costs little more
        than one at each.
        """
        waiting: list[Event] = []
        for line, sealed, event in self._told():
            if event is not None:
                waiting.append(event)
            if waiting and (sealed is not None or len(waiting) >= TOGETHER):
                yield from ((b"", None, item) for item in self._cleaned(waiting))
                waiting = []
            if sealed is not None:
                yield line, sealed, None
        yield from ((b"", None, item) for item in self._cleaned(waiting))

    def _told(self) -> Iterator[Passed]:
        """Yield every line that holds an event; each is held until the next shows whether it is still what was
        written.
        """
        held: tuple[bytes, Sealed] | None = None
        for number, line in enumerate(self._raw(), 1):
            if self.stopped():
                break
            sealed = self._sealed(line)
            if held is not None:
                before, frame = held
                whole = sealed is not None and sealed.prev_hash == sha256(before.rstrip(b"\n")).hexdigest()
                yield (before, frame, None) if whole else (before, None, parsed(before))
                held = None
            if sealed is not None and self._looked_at(sealed):
                held = (line, sealed)
                continue
            event = parsed(line)
            if event is not None:
                yield line, None, event
            elif self.warn is not None and not line.isspace():
                self.warn(skipped(self.session, number, line))
        if held is not None:
            yield held[0], None, parsed(held[0])

    def _raw(self) -> Iterator[bytes]:
        try:
            with open(f"{self.store}/{self.session}/{EVENTS}", "rb") as file:
                yield from file
        except OSError as error:
            raise TraceError(f"session `{self.session}` cannot be read: {error.strerror}") from None

    @staticmethod
    def _sealed(line: bytes) -> Sealed | None:
        try:
            return sealed_or_raise(line)
        except REFUSED:
            return None

    def _looked_at(self, sealed: Sealed) -> bool:
        """Whether all that is to be taken out now was looked for, everywhere, by the detectors of today."""
        if sealed.scan is None or sealed.scan.state != COMPLETE or self.wanted.personal:
            return False  # for personal data there is more time now than there was when it was recorded
        detectors = sealed.scan.detectors
        enough = self._enough.get(detectors)
        if enough is None:
            enough = covers(detectors, self.wanted.told())
            if len(self._enough) < MAX_EDITIONS:
                self._enough[detectors] = enough
        return enough

    def _cleaned(self, events: list[Event]) -> list[Event]:
        """Return events without what is taken out: as they are when a look at all of them gives no reason to look at
        any.
        """
        texts = [(event.data, _others(event)) for event in events]
        cleaner = self.cleaner()
        if cleaner.value(texts) is texts and not cleaner.partial:
            return events
        return [self._cleaned_alone(event) for event in events]

    def _cleaned_alone(self, event: Event) -> Event:
        others = _others(event)
        extra = {**event.extra, **self.again.value(others)} if others else event.extra
        changed: Event = replaced(event, data=self.again.data(event.data), extra=extra)
        return changed


def _others(event: Event) -> JsonObject:
    """Return the top-level fields of an event that its record's own writer did not make."""
    return {key: value for key, value in event.extra.items() if key not in _OURS} if event.extra else {}


def leaving(
    store: str, session: str, *, mask: bool = False, warn: Warn | None = None, stopped: Callable[[], bool] = _never
) -> Leaving:
    """Return a session of a store, as it may leave it; with `mask` personal data is taken out too."""
    wanted = wanted_by(None, RECORD, pii=mask)
    key = store_key(store)

    def cleaner() -> Cleaner:
        return Cleaner(key, wanted=wanted, thorough=True)

    again = Recleaner(cleaner)
    return Leaving(store, session, wanted, cleaner, again, again.value(meta(store, session)), warn, stopped)


def event_data(event: Event) -> JsonObject:
    """Return an event as the record words it; what is empty is left out."""
    data: JsonObject = {
        "event_type": event.type,
        "timestamp": event.timestamp,
        "event_id": event.id,
        "session_id": event.session,
    }
    if event.parent:
        data["parent_id"] = event.parent
    if event.duration_ms is not None:
        data["duration_ms"] = event.duration_ms
    data["data"] = event.data
    if event.extra:
        data |= event.extra
    return data
