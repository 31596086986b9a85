"""Reading the record: sessions by name, events one after the other. Streams, and survives what other versions and crashes left.

A line that cannot be read is reported and skipped; unknown event types and fields are kept; counts are taken from the events.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator

from gateway.model.errors import NothingError, TraceError
from gateway.model.event import Event
from gateway.traces.ids import folder_name

EVENTS = "events.ndjson"
META = "meta.json"
_FIELDS = frozenset(("event_type", "timestamp", "event_id", "session_id", "parent_id", "duration_ms", "data"))

Warn = Callable[[str], None]


def sessions(store: str) -> list[str]:
    """Return the names of a store's sessions, the one written last first."""
    found: list[tuple[float, str]] = []
    try:
        entries = list(os.scandir(store))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise TraceError(f"the store `{store}` cannot be read: {error.strerror}") from None
    for entry in entries:
        try:
            found.append((os.stat(f"{entry.path}/{EVENTS}").st_mtime, entry.name))
        except OSError:
            continue
    return [name for _, name in sorted(found, reverse=True)]


def resolve(store: str, wanted: str) -> str:
    """Return the session that a name, a unique prefix, `latest` or "" names. Raises NothingError."""
    if wanted and os.path.isfile(f"{store}/{folder_name(wanted)}/{EVENTS}"):
        return folder_name(wanted)
    names = sessions(store)
    if not names:
        raise NothingError(f"no session in `{store}`", "record one with `agent-strace setup --write`, or name a store with --trace-dir")
    if wanted in ("", "latest"):
        return names[0]
    fits = [name for name in names if name.startswith(wanted)]
    if len(fits) > 1:
        raise NothingError(f"`{wanted}` fits {len(fits)} sessions", "for instance " + ", ".join(sorted(fits)[:3]))
    if not fits:
        raise NothingError(f"no session `{wanted}` in `{store}`", "`agent-strace list` shows them")
    return fits[0]


def lines(store: str, session: str, offset: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield (offset, raw line) of a session, the torn last one included. Raises TraceError when it cannot be read."""
    try:
        with open(f"{store}/{session}/{EVENTS}", "rb") as file:
            file.seek(offset)
            for line in file:
                yield offset, line
                offset += len(line)
    except OSError as error:
        raise TraceError(f"session `{session}` cannot be read: {error.strerror}") from None


def events(store: str, session: str, warn: Warn | None = None) -> Iterator[Event]:
    """Yield the events of a session in the order they were written; `warn` is told of lines that are skipped."""
    for number, (_, line) in enumerate(lines(store, session), 1):
        if not line.strip():
            continue
        event = parsed(line)
        if event is None:
            if warn is not None:
                torn = not line.endswith(b"\n")
                warn(f"{session}: line {number} is {'torn' if torn else 'not an event'} and was skipped")
            continue
        yield event


def parsed(line: bytes) -> Event | None:
    """Return the event of one line, None when the line holds none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("event_type"), str):
        return None
    data = value.get("data")
    duration = value.get("duration_ms")
    timestamp = value.get("timestamp")
    return Event(
        value["event_type"],
        float(timestamp) if isinstance(timestamp, int | float) and timestamp == timestamp else 0.0,
        str(value.get("event_id") or ""),
        str(value.get("session_id") or ""),
        parent=str(value.get("parent_id") or ""),
        duration_ms=float(duration) if isinstance(duration, int | float) else None,
        data=data if isinstance(data, dict) else {"value": data} if data is not None else {},
        extra={key: item for key, item in value.items() if key not in _FIELDS},
    )


def meta(store: str, session: str) -> dict[str, object]:
    """Return what was noted of a session when it started; {} when there is nothing, or nothing readable."""
    try:
        with open(f"{store}/{session}/{META}", "rb") as file:
            value = json.load(file)
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
