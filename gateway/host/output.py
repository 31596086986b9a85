"""Where a command's words leave for a terminal, a pipe or a CI job: one place, through which all of them go.

What a record, a policy or a server says is data of others. Reports show it on one line each; this is what holds when
one of them forgets. Bytes of documents (HTML, protobuf) go around it, to `buffer`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from gateway.model.harmless import harmless, unordered, unsteering

_CONTROLS = bytes([*range(9), *range(11, 32), 127])
_WIDE = (
    (b"\xe2", re.compile(rb"\xe2(?:\x80[\x8b\x8e\x8f\xa8-\xae]|\x81[\xa0-\xa9])")),
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"\xd8", re.compile(rb"\xd8\x9c")),
    (b"\xef", re.compile(rb"\xef\xbb\xbf")),
    (b"\xf3", re.compile(rb"\xf3\xa0[\x80\x81]")),
    (b"\xed", re.compile(rb"\xed[\xa0-\xbf]")),
)
"""The characters beyond ASCII that are escaped, as UTF-8, each with its first byte: looking for one byte costs next to
nothing.
"""
_COLOR = re.compile(r"(\x1b\[[0-79;]*m)")
"""Color and weight; never 8, which hides."""
_LARGE = 8192


class Output:
    """A text stream whose words steer nothing; everything else is the stream's own.

    bare     the stream behind it
    colored  whether colors may pass where no terminal is
    """

    def __init__(self, bare: Any) -> None:
        self.bare = bare
        self.colored = False
        self._start: str | None = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bare, name)

    def write(self, text: str) -> int:
        """Write a text; what would steer whoever shows it is escaped."""
        if type(text) is not str:
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        data = text.encode("utf-8", "surrogatepass")
        if not _is_plain(text, data) or (self._start and text.startswith(":")):
            self.bare.write(self._escaped(text))
        elif (
            len(data) < _LARGE
            or str(getattr(self.bare, "encoding", "")).lower() != "utf-8"
            or not hasattr(self.bare, "buffer")
        ):
            self.bare.write(text)
        else:  # it is encoded already
            self.bare.flush()
            self.bare.buffer.write(data)
        self._start = _start_of(self._start, text)
        return len(text)

    def writelines(self, texts: Iterable[str]) -> None:
        """Write several texts."""
        for text in texts:
            self.write(text)

    def commands(self, text: str) -> None:
        """Write lines that are meant as commands to a CI job; whoever makes them has escaped in them what others
        said.
        """
        self.bare.write(unsteering(text))
        self._start = _start_of(self._start, text)

    def redraw(self, text: str) -> None:
        """Put a text in the place of the line that a terminal shows last."""
        self.bare.write("\r\x1b[K")
        self.write(text)
        self.bare.flush()

    def _escaped(self, text: str) -> str:
        pieces = _COLOR.split(text) if self.colored or self.bare.isatty() else [text]
        pieces[::2] = map(unsteering, pieces[::2])
        text = "".join(pieces)
        if self._start is None:
            return unordered(f"-{text}")[1:]
        if self._start.endswith(":") and text.startswith(":"):
            return "\\u003a" + unordered(f"-{text[1:]}")[1:]
        return unordered(self._start + text)[len(self._start) :]


def _is_plain(text: str, data: bytes) -> bool:
    """Whether nothing in a text needs a closer look; `data` is the text as UTF-8."""
    if b"::" in data or b"##" in data or len(data.translate(None, _CONTROLS)) != len(data):
        return False
    return text.isascii() or not _has_wide(data)


def _has_wide(data: bytes) -> bool:
    return any(first in data and wide.search(data) for first, wide in _WIDE)


def _start_of(start: str | None, text: str) -> str | None:
    """Return what stands on the last line so far, None where it is more than blanks and a colon; `start` stood there
    before the text.
    """
    _, found, last = text.rpartition("\n")
    line = last if found else None if start is None else start + text
    return line if line is not None and len(line) < 200 and line.strip() in ("", ":") else None


@contextmanager
def guarded_streams() -> Iterator[None]:
    """Let everything that is written to stdout and stderr meanwhile go through here."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (item if isinstance(item, Output) else Output(item) for item in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def harmless_bytes(data: bytes) -> bytes:
    """Return a document of JSON or CSV as it may stand on stdout: what would steer whoever shows it is escaped, and
    still the same in JSON.

    data  UTF-8 whose control characters below a blank were escaped when it was made
    """
    if b"##" not in data and b"\x7f" not in data and (data.isascii() or not _has_wide(data)):
        return data
    return harmless(data.decode("utf-8", "surrogatepass")).encode()


def say_commands(text: str) -> None:
    """Write lines to stdout that are meant as commands to a CI job."""
    stream = sys.stdout
    stream.commands(text) if isinstance(stream, Output) else stream.write(text)


def redraw(text: str) -> None:
    """Put a text in the place of the last line of the terminal behind stderr."""
    stream = sys.stderr
    (stream if isinstance(stream, Output) else Output(stream)).redraw(text)


def let_colors_pass() -> None:
    """Let colors through to stdout, which a person asked for where no terminal is."""
    if isinstance(sys.stdout, Output):
        sys.stdout.colored = True
