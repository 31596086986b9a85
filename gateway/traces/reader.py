"""Reading the record: sessions by name, events one after the other. Streams, and survives what other versions and
crashes left.

A line that cannot be read is reported and skipped; unknown event types and fields are kept; counts are taken from the
events.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from gateway.model.errors import NothingError, TraceError
from gateway.model.event import EVENT_TYPES, Event
from gateway.traces.decode import (
    REFUSED,
    json_object,
    lean_or_raise,
    parsed,
    shown_or_raise,
    sized_or_raise,
    story_or_raise,
)
from gateway.traces.ids import folder_name

__all__ = [
    "Stamp",
    "events",
    "lean_events",
    "lines",
    "meta",
    "numbered",
    "numbered_lean",
    "parsed",
    "resolve",
    "sessions",
    "shown_events",
    "sized_events",
    "stamped",
]

EVENTS = "events.ndjson"
META = "meta.json"

Warn = Callable[[str], None]
_KNOWN = frozenset(EVENT_TYPES)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file looked like when it was read: a cache that was made then is stale as soon as any of it differs."""

    inode: int
    size: int
    modified_ns: int
    changed_ns: int


def sessions(store: str) -> list[str]:
    """Return the names of a store's sessions, the one written last first."""
    return [name for name, _ in stamped(store)]


def stamped(store: str) -> list[tuple[str, Stamp]]:
    """Return (name, stamp of its events) of a store's sessions, the one written last first. Raises TraceError."""
    stamps: list[tuple[int, str, Stamp]] = []
    try:
        with os.scandir(store) as entries:
            for entry in entries:
                stamp = stamp_of(f"{store}/{entry.name}/{EVENTS}") if entry.name.isprintable() else None
                if stamp is not None:
                    stamps.append((stamp.modified_ns, entry.name, stamp))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise TraceError(f"the store `{store}` cannot be read: {error.strerror}") from None
    stamps.sort(key=lambda item: item[:2], reverse=True)
    return [(name, stamp) for _, name, stamp in stamps]


def stamp_of(path: str) -> Stamp | None:
    """Return what a file looks like now, None when there is none."""
    try:
        seen = os.stat(path)
    except OSError:
        return None
    return Stamp(seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)


def resolve(store: str, wanted: str) -> str:
    """Return the session that a name, a unique prefix, `latest` or "" names. Raises NothingError."""
    if wanted and os.path.isfile(f"{store}/{folder_name(wanted)}/{EVENTS}"):
        return folder_name(wanted)
    names = sessions(store)
    if not names:
        raise NothingError(
            f"no session in `{store}`", "record one with `agent-strace setup --write`, or name a store with --trace-dir"
        )
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
    with _opened(store, session) as file:
        file.seek(offset)
        for line in file:
            yield offset, line
            offset += len(line)


def events(store: str, session: str, warn: Warn | None = None) -> Iterator[Event]:
    """Yield the events of a session in the order they were written; `warn` is told of lines that are skipped."""
    return _partial(store, session, warn, parsed)


def lean_events(store: str, session: str, warn: Warn | None = None) -> Iterator[Event]:
    """Yield the events of a session with only what counting needs of their data: results and file contents are left
    out.
    """
    return _partial(store, session, warn, lean_or_raise)


def story_events(store: str, session: str, warn: Warn | None = None) -> Iterator[Event]:
    """Yield the events of a session with only what phases are told from."""
    return _partial(store, session, warn, story_or_raise)


def sized_events(store: str, session: str, warn: Warn | None = None) -> Iterator[Event]:
    """Yield the events of a session with only what an estimate of tokens needs of their data."""
    return _partial(store, session, warn, sized_or_raise)


def shown_events(store: str, session: str, warn: Warn | None = None, *, offset: int = 0) -> Iterator[Event]:
    """Yield the events of a session, from a byte offset on, with what a replay shows of them; types we do not know come
    whole.
    """
    return _partial(store, session, warn, _shown_or_whole, offset=offset)


def _shown_or_whole(line: bytes) -> Event | None:
    event = shown_or_raise(line)
    return event if event.type in _KNOWN else parsed(line)


def _partial(
    store: str, session: str, warn: Warn | None, decode: Callable[[bytes], Event | None], *, offset: int = 0
) -> Iterator[Event]:
    with _opened(store, session) as file:
        file.seek(offset)
        for number, line in enumerate(file, 1):
            try:
                event = decode(line)
            except REFUSED:
                event = parsed(line)
            if event is not None:
                yield event
            elif warn is not None and not line.isspace():
                warn(skipped(session, number + _lines_before(file, offset), line))


def _lines_before(file: BinaryIO, offset: int) -> int:
    """Return how many lines a file has before a place; where it is read goes on from where it was."""
    at = file.tell() if offset else 0
    file.seek(0) if offset else None
    count = 0
    while offset > 0:
        block = file.read(min(offset, 1 << 20))
        if not block:
            break
        count += block.count(b"\n")
        offset -= len(block)
    if at:
        file.seek(at)
    return count


@contextmanager
def _opened(store: str, session: str) -> Iterator[BinaryIO]:
    """Open the events of a session. Raises TraceError when they cannot be read."""
    try:
        with open(f"{store}/{session}/{EVENTS}", "rb") as file:
            yield file
    except OSError as error:
        raise TraceError(f"session `{session}` cannot be read: {error.strerror}") from None


def skipped(session: str, number: int, line: bytes) -> str:
    """Return what is said of a line that holds no event."""
    what = "not an event" if line.endswith(b"\n") else "torn"
    return f"{session}: line {number} is {what} and was skipped"


def numbered(store: str, session: str, warn: Warn | None = None) -> Iterator[tuple[int, Event]]:
    """Yield (event number, event): numbers count events, not lines, and are the same in every command."""
    return enumerate(events(store, session, warn), 1)


def numbered_lean(store: str, session: str, warn: Warn | None = None) -> Iterator[tuple[int, Event]]:
    """Yield (event number, event) with only what counting needs of their data."""
    return enumerate(lean_events(store, session, warn), 1)


def meta(store: str, session: str) -> dict[str, object]:
    """Return what was noted of a session when it started; {} when there is nothing, or nothing readable."""
    try:
        with open(f"{store}/{session}/{META}", "rb") as file:
            return json_object(file.read())
    except OSError:
        return {}
