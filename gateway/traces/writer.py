"""Appending to the record: one line a call, whole or not at all, in order, under a lock. Takes only Clean data.

Files are 0600, folders 0700; symlinks are refused; a torn last line is closed before the next is written; every line
carries the SHA-256 of the raw line before it (`prev_hash`). Nothing here gets slower as a session grows.
"""

from __future__ import annotations

from gateway.lane_os import open_regular, os
from gateway.model.errors import TraceError
from gateway.model.json_text import line_of
from gateway.redaction.clean import Clean
from gateway.traces.ids import folder_name
from gateway.traces.locks import lock
from gateway.traces.session_tail import Tail, last_line, write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from gateway.model.json_text import JsonObject

    class Writer(Protocol):
        """Where events go: a folder of files, or a store that several gateways share."""

        def append(self, session: str, event: Clean) -> None:
            """Record one event of a session. Raises TraceError when it cannot be kept."""

        def exchange(self, session: str, make: Callable[[Tail], Clean]) -> None:
            """Record the event that is made of what the session holds already, nobody writing in between. Raises
            TraceError.
            """

        def start(self, session: str, meta: Clean) -> None:
            """Record what is known of a session when it starts; a session that is known already stays as it is."""


class FileWriter:
    """Writes a store of the published tool's layout: `<store>/<session>/events.ndjson` and `meta.json`."""

    __slots__ = ("store",)

    def __init__(self, store: str) -> None:
        self.store = store

    def append(self, session: str, event: Clean) -> None:
        """Record one event. Raises TraceError when it cannot be kept whole."""
        self.exchange(session, lambda tail: event)

    def exchange(self, session: str, make: Callable[[Tail], Clean]) -> None:
        """Record the event that is made of what the session holds already, nobody writing in between.

        Raises TraceError when it cannot be kept whole.
        """
        fd, size = self._locked(session)
        try:
            digest, torn = last_line(fd, size)
            tail = Tail(fd, size, f"{self.store}/{folder_name(session)}/tally.json")
            value: JsonObject = dict(make(tail).data)
            if digest:
                value["prev_hash"] = digest
            data = (b"\n" if torn else b"") + line_of(value)
            write_whole(fd, data, size)
            tail.finish(size + len(data))
        except OSError as error:
            raise TraceError(f"the trace cannot be written: {error.strerror}", f"look at `{self.store}`") from None
        finally:
            os.close(fd)

    def start(self, session: str, meta: Clean) -> None:
        """Record a session's meta data once; what it counts is never the truth, the events are. Raises TraceError."""
        folder = self._folder(session)
        path = f"{folder}/meta.json"
        temporary = f"{path}.{os.getpid()}"
        try:
            if os.path.lexists(path):
                return
            fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                os.write(fd, line_of(meta.data))
            finally:
                os.close(fd)
            os.link(temporary, path)
        except FileExistsError:
            pass
        except OSError as error:
            raise TraceError(f"the trace cannot be written: {error.strerror}", f"look at `{self.store}`") from None
        finally:
            _remove(temporary)

    def _locked(self, session: str) -> tuple[int, int]:
        """Return (the session's file, locked, how long it is); the one that took its place while we waited, where it
        was rewritten.
        """
        while True:
            fd = self._open(session)
            try:
                lock(fd, f"{self.store}/{folder_name(session)}/events.ndjson")
                seen = os.fstat(fd)
            except OSError as error:
                os.close(fd)
                raise TraceError(f"the trace cannot be written: {error.strerror}", f"look at `{self.store}`") from None
            except TraceError:
                os.close(fd)
                raise
            if seen.st_nlink:
                return fd, seen.st_size
            os.close(fd)

    def joined(self, fd: int, size: int) -> tuple[int, str]:
        """Return (where the next line of an open file starts, the digest of the line before it); a torn last line is
        ended first.
        """
        digest, torn = last_line(fd, size)
        if torn:
            write_whole(fd, b"\n", size)
        return size + torn, digest

    def _open(self, session: str) -> int:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        try:
            return open_regular(f"{self._folder(session)}/events.ndjson", flags)
        except OSError as error:
            raise TraceError(f"the trace cannot be written: {error.strerror}", f"look at `{self.store}`") from None

    def _folder(self, session: str) -> str:
        folder = f"{self.store}/{folder_name(session)}"
        try:
            if not os.path.isdir(folder) or os.path.islink(folder) or os.path.islink(self.store):
                _make_store(self.store)
                _make_folder(folder)
        except OSError as error:
            raise TraceError(f"the trace cannot be written: {error.strerror}", f"look at `{self.store}`") from None
        return folder


def _make_store(store: str) -> None:
    parent = os.path.dirname(store.rstrip("/"))
    if parent and not os.path.isdir(parent):
        os.makedirs(parent, mode=0o700, exist_ok=True)
    _make_folder(store)
    try:
        fd = os.open(f"{store}/.gitignore", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return
    try:
        os.write(fd, b"*\n")
    finally:
        os.close(fd)


def _make_folder(path: str) -> None:
    """Make a folder that only we can read; one that is a symlink was put there by somebody else."""
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        if os.path.islink(path) or not os.path.isdir(path):
            raise TraceError(
                f"`{path}` is not a folder of its own", "a repository may have brought it; remove it"
            ) from None


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
