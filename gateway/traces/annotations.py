"""What people noted of a session's events, kept beside the record: one line each; writers wait for one another.

The folder of the session is the lock, so that a note that is added while another is taken out is not lost.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gateway.model.errors import TraceError
from gateway.traces.decode import encoded, json_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

FILE = "annotations.jsonl"
LOCK_SECONDS = 5.0
"""Longest wait for another writer."""
MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Annotation:
    """One note of one person on one event.

    event_id        the event it is of
    offset_seconds  when that was, since the session began
    label           a word to sort and filter by, or ""
    created_at      seconds since the epoch
    """

    annotation_id: str
    session_id: str
    event_id: str
    offset_seconds: float = 0.0
    label: str = ""
    note: str = ""
    bookmark: bool = False
    author: str = ""
    created_at: float = 0.0


def annotated(store: str, session: str) -> list[Annotation]:
    """Return the annotations of a session in the order they were made; lines that hold none are left aside."""
    found = (_annotation(json_object(line)) for line in _lines(f"{store}/{session}/{FILE}"))
    return [item for item in found if item is not None]


def add_annotation(store: str, annotation: Annotation) -> None:
    """Keep an annotation. Raises TraceError when it cannot be kept whole."""
    path = f"{store}/{annotation.session_id}/{FILE}"
    with _locked(f"{store}/{annotation.session_id}"):
        try:
            fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                size = os.fstat(fd).st_size
                torn = size > 0 and os.pread(fd, 1, size - 1) != b"\n"
                _write(fd, (b"\n" if torn else b"") + encoded(annotation) + b"\n", size)
            finally:
                os.close(fd)
        except OSError as error:
            raise TraceError(f"the annotation cannot be kept: {error.strerror}") from None


def remove_annotation(store: str, session: str, wanted: str) -> Annotation | None:
    """Take an annotation out, by the beginning of its id; return it, None when there is none. Raises TraceError."""
    path = f"{store}/{session}/{FILE}"
    with _locked(f"{store}/{session}"):
        lines = _lines(path)
        fits = [
            (at, annotation)
            for at, line in enumerate(lines)
            if (annotation := _annotation(json_object(line))) and annotation.annotation_id.startswith(wanted)
        ]
        if not fits:
            return None
        if len(fits) > 1 and any(item.annotation_id != fits[0][1].annotation_id for _, item in fits):
            raise TraceError(
                f"`{wanted}` fits {len(fits)} annotations",
                "for instance " + ", ".join(item.annotation_id for _, item in fits[:3]),
            )
        gone = {at for at, _ in fits}
        _replace(path, b"".join(line for at, line in enumerate(lines) if at not in gone))
        return fits[0][1]


def _replace(path: str, data: bytes) -> None:
    temporary = f"{path}.{os.getpid()}"
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            _write(fd, data, 0)
            os.fsync(fd)
        finally:
            os.close(fd)
        os.replace(temporary, path)
    except OSError as error:
        raise TraceError(f"the annotations cannot be rewritten: {error.strerror}") from None
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def _write(fd: int, data: bytes, size: int) -> None:
    """Write all of it or nothing."""
    try:
        written = 0
        while written < len(data):
            written += os.write(fd, data[written:])
    except OSError:
        os.ftruncate(fd, size)
        raise


def _lines(path: str) -> list[bytes]:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise TraceError(f"`{path}` cannot be read: {error.strerror}") from None
    with os.fdopen(fd, "rb") as file:
        return file.read(MAX_BYTES).splitlines(keepends=True)


def _annotation(value: JsonObject) -> Annotation | None:
    """Return the annotation that an object tells of: ours, or one of the published tool's."""
    name = value.get("annotation_id")
    if not isinstance(name, str) or not name:
        return None
    return Annotation(
        name,
        _text(value, "session_id"),
        _text(value, "event_id"),
        _number(value, "offset_seconds"),
        _text(value, "label"),
        _text(value, "note"),
        value.get("bookmark") is True,
        _text(value, "author"),
        _number(value, "created_at"),
    )


def _text(value: JsonObject, key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _number(value: JsonObject, key: str) -> float:
    found = value.get(key)
    return float(found) if isinstance(found, int | float) else 0.0


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Hold a session's folder against other writers of annotations. Raises TraceError."""
    try:
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise TraceError(f"`{folder}` cannot be opened: {error.strerror}") from None
    try:
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TraceError("another process holds the session's annotations") from None
                time.sleep(0.005)
        yield
    finally:
        os.close(fd)
