"""Rewriting a session in place: every line cleaned again, in the same order, under the same lock, with the chain made
anew.

The new file is written beside the old one and takes its place in one step; whoever waits to append goes on in the new
one.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from typing import Any

from gateway.model.digest import plain_digest
from gateway.model.errors import TraceError
from gateway.model.json_text import line_of
from gateway.redaction.clean import Clean
from gateway.traces.decode import link, object_in
from gateway.traces.locks import lock
from gateway.traces.reader import EVENTS, META

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

NOTES = "annotations.jsonl"
CACHES = ("tally.json",)
"""Files beside the events that are made again from them."""

Again = Callable[[dict[str, Any]], Clean]


def rewrite(store: str, session: str, again: Again) -> int:
    """Clean the events, notes and meta data of a session again; return how many lines differ. Raises TraceError.

    A line that is no JSON object becomes a note that holds its text.
    """
    folder = f"{store}/{session}"
    try:
        fd = os.open(f"{folder}/{EVENTS}", os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            lock(fd)
            changed = _replaced(f"{folder}/{EVENTS}", lambda old: _events(old, again))
            for name in CACHES if changed else ():
                if os.path.exists(f"{folder}/{name}"):
                    os.unlink(f"{folder}/{name}")
            for name in (META, NOTES):
                if os.path.isfile(f"{folder}/{name}") and not os.path.islink(f"{folder}/{name}"):
                    changed += _replaced(f"{folder}/{name}", lambda old: _plain(old, again))
        finally:
            fcntl.flock(fd, fcntl.LOCK_UN)
            os.close(fd)
    except OSError as error:
        raise TraceError(f"session `{session}` cannot be rewritten: {error.strerror}") from None
    return changed


def _replaced(path: str, lines: Callable[[Iterator[bytes]], Iterator[tuple[bytes, bool]]]) -> int:
    """Put other lines in a file's place; a file none of whose lines differ is left alone."""
    temporary = f"{path}.{os.getpid()}"
    changed = 0
    try:
        with open(path, "rb") as old, open(temporary, "xb", opener=_private) as new:
            for line, differs in lines(iter(old)):
                changed += differs
                new.write(line)
            new.flush()
            os.fsync(new.fileno())
        if changed:
            os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)
    return changed


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _events(old: Iterator[bytes], again: Again) -> Iterator[tuple[bytes, bool]]:
    """Yield (line, whether its content differs) with the chain made anew."""
    previous = b""
    linked = False  # from the first hash on, every line has one
    for raw in old:
        bare = raw.rstrip(b"\n")
        if not bare.strip():
            continue
        value = value_of(bare)
        chained = value.pop("prev_hash", None) is not None
        before = line_of(value)
        events = dict(again(value).data)
        after = line_of(events)
        linked = linked or chained or (bool(previous) and after != before)
        if previous and linked:
            events["prev_hash"] = plain_digest(previous)
        line = (
            bare + b"\n"
            if after == before and chained == linked and _unbroken(bare, previous, chained=chained)
            else line_of(events)
        )
        previous = line[:-1]
        yield line, after != before


def _unbroken(line: bytes, previous: bytes, *, chained: bool) -> bool:
    """Whether a line can stay as it is written: what it says of the line before it still holds."""
    return not chained or link(line)[1] == plain_digest(previous)


def _plain(old: Iterator[bytes], again: Again) -> Iterator[tuple[bytes, bool]]:
    for raw in old:
        if raw.strip():
            value = value_of(raw.rstrip(b"\n"))
            text = dict(again(value).data)
            yield (line_of(text), True) if text != value else (raw, False)


def value_of(line: bytes) -> JsonObject:
    """Return the JSON object of a line; of one that holds none, a note with its text."""
    value = object_in(line)
    if value is not None:
        return value
    return {"event_type": "note", "data": {"unreadable": line.decode("utf-8", "replace")}}
