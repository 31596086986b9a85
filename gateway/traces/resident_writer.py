"""Appending for a process that lives on: the session's file stays open, and what the last line was is known unless
somebody else wrote.
"""

from __future__ import annotations

import fcntl

from gateway.lane_os import os
from gateway.model.errors import TraceError
from gateway.traces import encode
from gateway.traces.ids import folder_name
from gateway.traces.locks import lock
from gateway.traces.session_tail import write_whole
from gateway.traces.writer import FileWriter

MAX_OPEN = 64
"""Most sessions whose files stay open."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.redaction.clean import Clean


class ResidentWriter(FileWriter):
    """Writes the same store in the same way, with fewer words to the kernel."""

    __slots__ = ("_open_files",)

    def __init__(self, store: str) -> None:
        super().__init__(store)
        self._open_files: dict[str, tuple[int, int, str]] = {}

    def append(self, session: str, event: Clean) -> None:
        """Record one event. Raises TraceError when it cannot be kept whole."""
        fd, size, digest = self._open_files.pop(session, (-1, 0, ""))
        if fd < 0:
            fd, size = self._open(session), -1
        try:
            lock(fd, f"{self.store}/{folder_name(session)}/events.ndjson")
            try:
                seen = os.fstat(fd)
                if not seen.st_nlink and os.path.exists(f"{self.store}/{folder_name(session)}/events.ndjson"):
                    os.close(fd)  # it was rewritten: the file in its place goes on
                    fd, _ = self._locked(session)
                    seen, size = os.fstat(fd), -1
                if not seen.st_nlink:
                    raise TraceError("the trace was removed while it was written", f"look at `{self.store}`")
                if seen.st_size != size:
                    size, digest = self.joined(fd, seen.st_size)
                value = {**event.data, "prev_hash": digest} if digest else event.data
                line = encode.line(value)
                write_whole(fd, line, size)
            finally:
                fcntl.flock(fd, fcntl.LOCK_UN)
        except OSError as error:
            os.close(fd)
            raise TraceError(f"the trace cannot be written: {error.strerror}", f"look at `{self.store}`") from None
        except TraceError:
            os.close(fd)
            raise
        self._keep(session, (fd, size + len(line), encode.digest(line[:-1])))

    def _keep(self, session: str, known: tuple[int, int, str]) -> None:
        while len(self._open_files) >= MAX_OPEN:
            os.close(self._open_files.pop(next(iter(self._open_files)))[0])
        self._open_files[session] = known
