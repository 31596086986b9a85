"""Tail: what a session holds at the moment that one more event is written. Costs what its last line costs, and keeps
none of it.
"""

from __future__ import annotations

from gateway.lane_os import os
from gateway.model.digest import digest_of_pieces

_BLOCK = 1 << 16
_LARGE_BLOCK = 1 << 20

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Tail:
    """What a session holds at the moment that one more event is written; nobody else writes meanwhile.

    size  bytes of its events
    path  of the session's snapshot, a cache that stands beside its events
    then  set by who makes the event: called once it is written, with where the events then end
    """

    __slots__ = ("_fd", "path", "size", "then")

    def __init__(self, fd: int, size: int, path: str) -> None:
        self._fd = fd
        self.path = path
        self.size = size
        self.then: Callable[[int], object] | None = None

    def lines(self, offset: int) -> Iterator[tuple[bytes, int]]:
        """Yield (raw line, where the next one starts) from an offset on; only a line that is being written is held in
        pieces.
        """
        pieces: list[bytes] = []
        at = offset
        while at < self.size:
            data = os.pread(self._fd, min(_LARGE_BLOCK, self.size - at), at)
            if not data:
                break
            at += len(data)
            first, *lines = data.split(b"\n")
            pieces.append(first)
            if lines:
                lines.insert(0, b"".join(pieces))
                pieces = [lines.pop()]
                for line in lines:
                    offset += len(line) + 1
                    yield line, offset
        rest = b"".join(pieces)
        if rest:
            yield rest, self.size

    def before(self, offset: int, most: int) -> bytes:
        """Return the last bytes before an offset."""
        start = max(0, offset - most)
        return os.pread(self._fd, offset - start, start)

    def finish(self, size: int) -> None:
        """Tell who made the event that it is written."""
        if self.then is not None:
            self.then(size)


def last_line(fd: int, size: int) -> tuple[str, bool]:
    """Return (digest of the last raw line without its newline, "" when it is empty; whether it lacks a newline).

    A line of 16 MB is read twice, in pieces: putting them together from the end backwards costs the square of its
    length.
    """
    if size == 0:
        return "", False
    step = min(_BLOCK, size)
    data = os.pread(fd, step, size - step)
    torn = not data.endswith(b"\n")
    end = size if torn else size - 1
    at = size - step
    cut = data.rfind(b"\n", 0, end - at)
    while cut < 0 and at > 0:
        step = min(_LARGE_BLOCK, at)
        at -= step
        cut = os.pread(fd, step, at).rfind(b"\n")
    start = at + cut + 1
    return (digest_of_pieces(_pieces(fd, start, end)) if start < end else ""), torn


def _pieces(fd: int, start: int, end: int) -> Iterator[bytes]:
    while start < end:
        piece = os.pread(fd, min(_LARGE_BLOCK, end - start), start)
        if not piece:
            return
        yield piece
        start += len(piece)


def write_whole(fd: int, data: bytes, size: int) -> None:
    """Write all of it or nothing: a full disk makes a silent short write, which is taken back."""
    written = os.write(fd, data)
    while written < len(data):
        try:
            more = os.write(fd, data[written:])
        except OSError:
            os.ftruncate(fd, size)
            raise
        written += more
