"""Leaving: a session on its way out, event by event, cleaned once more. What every format is written from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from gateway.host.store_key import store_key
from gateway.model.decision import RECORD
from gateway.model.event import Event
from gateway.redaction.reach import cleaner_for
from gateway.redaction.redact import Cleaner
from gateway.traces.reader import Warn, events, meta

_OURS = frozenset(("prev_hash", "redacted"))
"""Top-level fields that the record's own writer makes."""


@dataclass(slots=True)
class Leaving:
    """One session.

    events   yields what happened; ends early when a person interrupts, so that every format can end well
    meta     what was noted of it when it started
    content  whether prompts, arguments and results go out too, where a format can do without
    service  name of the service that spans are of
    """

    session: str
    events: Callable[[], Iterator[Event]]
    meta: dict[str, Any] = field(default_factory=dict)
    content: bool = True
    service: str = "agent-strace"


def leaving(store: str, session: str, *, mask: bool = False, warn: Warn | None = None, stopped: Callable[[], bool] = lambda: False) -> Leaving:
    """Return a session of a store, as it may leave it.

    mask     personal data is taken out too
    stopped  whether to end early
    """
    cleaner = cleaner_for({}, RECORD, store_key(store), pii=mask, thorough=True) or Cleaner(store_key(store))

    def cleaned() -> Iterator[Event]:
        for event in events(store, session, warn):
            if stopped():
                return
            extra = event.extra
            if extra:
                extra = {key: value for key, value in extra.items() if key in _OURS} | cleaner.value(
                    {key: value for key, value in extra.items() if key not in _OURS}
                )
            yield Event(
                event.type,
                event.timestamp,
                event.id,
                event.session,
                parent=event.parent,
                duration_ms=event.duration_ms,
                data=cleaner.value(event.data),
                extra=extra,
            )

    return Leaving(session, cleaned, cleaner.value(meta(store, session)))


def event_data(event: Event) -> dict[str, Any]:
    """Return an event as the record words it; what is empty is left out."""
    data: dict[str, Any] = {"event_type": event.type, "timestamp": event.timestamp, "event_id": event.id, "session_id": event.session}
    if event.parent:
        data["parent_id"] = event.parent
    if event.duration_ms is not None:
        data["duration_ms"] = event.duration_ms
    data["data"] = event.data
    if event.extra:
        data |= event.extra
    return data
