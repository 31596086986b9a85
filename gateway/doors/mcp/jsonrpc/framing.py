"""Framing: bytes in, raw messages out, and back. Pure; knows no JSON.

Newline-delimited messages are split on `\n` alone (U+2028 is text); messages behind a `Content-Length` header are read
where a peer sends them. Whatever the chunks, the messages are the same.
"""

from __future__ import annotations

from gateway.model.record import Record

LINE = "line"
HEADER = "header"

MAX_MESSAGE = 64 * 1024 * 1024
"""Longest message, in bytes; a longer one is skipped to its end and told of once."""

_MAX_HEADER = 4096
_NAMES = (b"content-length:", b"content-type:")


class Frame(Record):
    """One message as it came.

    raw      its bytes without newline or header
    style    LINE or HEADER
    problem  why it cannot be read ("" when it can); `raw` is then what is left of it
    """

    __slots__ = ("problem", "raw", "style")

    def __init__(self, raw: bytes, style: str = LINE, problem: str = "") -> None:
        self.raw = raw
        self.style = style
        self.problem = problem


class Framer:
    """Cuts one direction of a stream into messages; remembers how the peer frames them in `style`."""

    __slots__ = ("_chunks", "_head", "_held", "_limit", "_skip", "_want", "style")

    def __init__(self, limit: int = MAX_MESSAGE) -> None:
        self.style = LINE
        self._limit = limit
        self._chunks: list[bytes] = []  # a message that is not complete yet, so that nothing is copied twice
        self._held = 0
        self._head: list[bytes] = []
        self._want = -1  # bytes of a body still to come, -1 outside of one
        self._skip = 0  # 1: throw away up to the next newline; 2: throw away a whole body

    def feed(self, data: bytes) -> list[Frame]:
        """Take the next bytes; return the messages they complete."""
        frames: list[Frame] = []
        at = 0
        while at < len(data):
            at = self._body(data, at, frames) if self._want >= 0 else self._line(data, at, frames)
        return frames

    def end(self) -> list[Frame]:
        """Return what is left when the stream ends: a last line without its newline is a message, a torn body is
        none.
        """
        rest = b"".join(self._chunks)
        self._chunks.clear()
        if self._want >= 0:
            return [Frame(rest[:200], HEADER, "the stream ended inside a message")]
        return [Frame(rest)] if rest.strip() and not self._skip else []

    def _line(self, data: bytes, at: int, frames: list[Frame]) -> int:
        cut = data.find(b"\n", at)
        end = cut if cut >= 0 else len(data)
        if not self._skip:
            self._held += end - at
            if self._held > self._limit:
                frames.append(Frame(b"".join(self._chunks)[:200], LINE, f"longer than {self._limit} bytes"))
                self._skip = 1
                self._chunks.clear()
            else:
                self._chunks.append(data[at:end])
        if cut < 0:
            return end
        line = b"".join(self._chunks)
        skipped, self._skip, self._held = self._skip, 0, 0
        self._chunks.clear()
        if not skipped:
            self._ended(line, frames)
        return cut + 1

    def _ended(self, line: bytes, frames: list[Frame]) -> None:
        """Take one whole line: a message, a header, or nothing."""
        if line[:1] in (b"C", b"c") and line[:15].lower().startswith(_NAMES) and len(line) < _MAX_HEADER:
            self._head.append(line)
            return
        blank = not line.strip()
        if self._head and blank:
            self._open(frames)
            return
        if self._head:
            frames.append(Frame(b"\n".join(self._head)[:200], HEADER, "a header without an empty line behind it"))
            self._head.clear()
        if not blank:
            self.style = LINE
            frames.append(Frame(line))

    def _open(self, frames: list[Frame]) -> None:
        lengths = {line.partition(b":")[2].strip() for line in self._head if line[:15].lower() == _NAMES[0]}
        self._head.clear()
        text = lengths.pop() if len(lengths) == 1 else b""
        if not text.isdigit() or len(text) > 12:
            frames.append(Frame(text[:200], HEADER, "a header without one Content-Length"))
            return
        self._want = int(text)
        self.style = HEADER
        if self._want > self._limit:
            frames.append(Frame(b"", HEADER, f"longer than {self._limit} bytes"))
            self._skip = 2
        elif not self._want:
            self._want = -1

    def _body(self, data: bytes, at: int, frames: list[Frame]) -> int:
        taken = data[at : at + self._want]
        self._want -= len(taken)
        if not self._skip:
            self._chunks.append(taken)
        if not self._want:
            if not self._skip:
                frames.append(Frame(b"".join(self._chunks), HEADER))
            self._chunks.clear()
            self._held = self._skip = 0
            self._want = -1
        return at + len(taken)


def framed(raw: bytes, style: str) -> bytes:
    """Return a message as it goes onto the wire.

    SECURITY: a line end inside a message is only white space between its tokens, but a peer that reads lines (or, like
    Python's text streams, takes `\r` for one) would find another message behind it; so it goes on as a space.
    """
    body = raw[:-1] if raw.endswith(b"\r") else raw
    if b"\r" in body or b"\n" in body:
        body = body.replace(b"\r", b" ").replace(b"\n", b" ")
        raw = body + raw[len(body) :]
    return raw + b"\n" if style == LINE else b"Content-Length: %d\r\n\r\n%b" % (len(raw), raw)
