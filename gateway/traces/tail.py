"""Tail: what a session holds at the moment that one more event is written, and the snapshot that is kept beside it."""

from __future__ import annotations

from gateway.lane_os import os
from gateway.model.json_text import line_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Tail:
    """What a session holds at the moment that one more event is written; nobody else writes meanwhile.

    size  bytes of its events
    keep  set by who makes the event: JSON data to keep as the session's snapshot, its `offset` being where the events then end
    """

    __slots__ = ("_fd", "_path", "keep", "size")

    def __init__(self, fd: int, size: int, path: str) -> None:
        self._fd = fd
        self._path = path
        self.size = size
        self.keep: dict[str, Any] | None = None

    def lines(self, offset: int) -> Iterator[bytes]:
        """Yield the raw lines from an offset on."""
        rest = b""
        while offset < self.size:
            data = os.pread(self._fd, min(1 << 20, self.size - offset), offset)
            if not data:
                break
            offset += len(data)
            *whole, rest = (rest + data).split(b"\n")
            yield from whole
        if rest:
            yield rest

    def snapshot(self) -> bytes:
        """Return the session's snapshot as it was kept, b"" without one."""
        try:
            fd = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return b""
        try:
            return os.read(fd, os.fstat(fd).st_size + 1)
        finally:
            os.close(fd)

    def finish(self, size: int) -> None:
        """Keep the snapshot that was asked for; not being able to costs time, never an event."""
        if self.keep is None:
            return
        temporary = f"{self._path}.new"
        try:
            fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                os.write(fd, line_of({**self.keep, "offset": size}))
            finally:
                os.close(fd)
            os.replace(temporary, self._path)
        except OSError:
            return
