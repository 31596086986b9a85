"""Server-sent events, read from chunks cut anywhere and written back byte for byte where nothing changes. Pure.

Source: WHATWG HTML, section 9.2 (parsing and interpreting an event stream). Lines end in LF, CR or CRLF; an event ends
at an empty line; what stands after the last empty line when the stream ends is no event and is never passed on.
"""

from __future__ import annotations

import re

from gateway.model.errors import ProtocolError
from gateway.model.record import Record

MAX_EVENT = 64 * 1024 * 1024
"""Most bytes of one event."""

_END = re.compile(rb"\r\n|\n|\r")
_BOM = b"\xef\xbb\xbf"


class Event(Record):
    """One block of a stream, up to and with its empty line; or a comment that stands alone.

    raw   the bytes as they came
    data  the joined `data` lines, or None when the block has none
    name  the value of the last `event` line, or b""
    id    the value of the last `id` line, or None
    kept  the lines that mean something and are not data, as they came
    """

    __slots__ = ("data", "id", "kept", "name", "raw")

    def __init__(
        self, raw: bytes, *, data: bytes | None = None, name: bytes = b"", id: bytes | None = None, kept: bytes = b""
    ) -> None:
        self.raw = raw
        self.data = data
        self.name = name
        self.id = id
        self.kept = kept

    def carrying(self, data: bytes) -> bytes:
        """Return the event with other data: its id, type, retry and comments as they came."""
        return self.kept + _data_lines(data) + b"\n"

    def emptied(self) -> bytes:
        """Return the event without its data: nothing is dispatched, but the client's last event id moves on."""
        return self.kept + (b"\n\n" if self.kept.endswith(b"\r") else b"\n") if self.kept else b""


def event(data: bytes, name: bytes = b"message") -> bytes:
    """Return an event of our own; it has no id, so that a client never asks the server for it again."""
    return b"event: " + name + b"\n" + _data_lines(data) + b"\n"


def _data_lines(data: bytes) -> bytes:
    return b"".join(b"data: " + line + b"\n" for line in _END.split(data))


class Reader:
    """Cuts a stream into events. The `raw` of everything returned, joined, is what was fed, up to the last complete
    block.
    """

    __slots__ = (
        "_bare_cr",
        "_block",
        "_data",
        "_first",
        "_held",
        "_id",
        "_kept",
        "_limit",
        "_name",
        "_part",
        "_size",
        "_split_cr",
    )

    def __init__(self, limit: int = MAX_EVENT) -> None:
        self._limit = limit
        self._part: list[bytes] = []
        self._block: list[bytes] = []
        self._data: list[bytes] = []
        self._kept: list[bytes] = []
        self._name = b""
        self._id: bytes | None = None
        self._size = 0
        self._first = True
        self._held = b""
        self._bare_cr = False
        self._split_cr = False

    def feed(self, chunk: bytes) -> list[Event]:
        """Return the events that the chunk completes. Raises ProtocolError when one grows too large."""
        chunk = self._held + chunk
        self._held = b""
        if self._split_cr and chunk.startswith(b"\n"):
            # The second half of a line end whose first half was already acted upon.
            self._block.append(b"\n")
            chunk = chunk[1:]
            self._bare_cr = False
        events: list[Event] = []
        last_cr = chunk.endswith(b"\r")
        self._lines(chunk[:-1] if last_cr else chunk, events)
        self._split_cr = last_cr and self._bare_cr
        if self._split_cr:
            self._lines(b"\r", events)
        elif last_cr:
            # Most likely half of a CRLF: an event passed on without its last byte would wait in clients that look for
            # it.
            self._held = b"\r"
        return events

    def _lines(self, chunk: bytes, events: list[Event]) -> None:
        start = 0
        for match in _END.finditer(chunk):
            self._line(chunk[start : match.end()], match.end() - match.start(), events)
            start = match.end()
        if start < len(chunk):
            self._grow(chunk[start:])

    def _grow(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise ProtocolError(f"an event of more than {self._limit} bytes")
        self._part.append(part)

    def _line(self, last: bytes, ending: int, events: list[Event]) -> None:
        self._grow(last)
        raw = b"".join(self._part) if len(self._part) > 1 else last
        self._part.clear()
        self._bare_cr = raw.endswith(b"\r")
        line = raw[:-ending]
        if self._first:
            self._first = False
            line = line.removeprefix(_BOM)
        self._block.append(raw)
        if not line:
            events.append(self._finished())
        elif line.startswith(b":"):
            self._comment(raw, events)
        else:
            self._field(line, raw)

    def _comment(self, raw: bytes, events: list[Event]) -> None:
        if self._kept or self._data:
            self._kept.append(raw)
            return
        # A comment keeps a connection alive: it may not wait for an empty line.
        events.append(Event(b"".join(self._block)))
        self._clear()

    def _field(self, line: bytes, raw: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            return
        if name in (b"event", b"id", b"retry"):
            self._kept.append(raw)
        if name == b"event":
            self._name = value
        elif name == b"id" and b"\0" not in value:
            self._id = value

    def _finished(self) -> Event:
        data = b"\n".join(self._data) if self._data else None
        event = Event(b"".join(self._block), data=data, name=self._name, id=self._id, kept=b"".join(self._kept))
        self._clear()
        return event

    def _clear(self) -> None:
        self._block.clear()
        self._data.clear()
        self._kept.clear()
        self._size = 0
        self._name = b""
        self._id = None
