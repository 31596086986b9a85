"""Files that a command was told to write: there whole or not at all, and nothing but a file is ever replaced.

A rename over a device node, a FIFO or a link takes it away from everybody else who uses it: `--output /dev/null`, run
by root, left the machine without one. So a rename only takes the place of a regular file or of nothing; a link is
followed first; anything else is opened and written into, once all of it is known.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

PRIVATE = 0o600
SHARED = 0o666
"""Mode of a new file, before the umask: for its owner alone, whatever was there before, or as a file that is there has
it.
"""
_LINKS = 40
"""Most links that are followed, as in Linux (path_resolution(7))."""
_LIVE = ("/proc/", "/dev/fd/")
"""Where a link names an open descriptor rather than a path: it can be opened, but its target cannot be replaced by
name.
"""


@contextmanager
def whole_file(path: str, *, mode: int = PRIVATE, durable: bool = False) -> Iterator[IO[bytes]]:
    """Give a file to write to; what was written takes its place at `path` when the block ends well. Raises OSError that
    names `path`.

    mode     PRIVATE or SHARED
    durable  it is on the disk before it takes its place
    """
    target = _target(path)
    try:
        if target is None:
            with tempfile.TemporaryFile() as held:
                yield held
                held.seek(0)
                _into(path, held)
        else:
            with _replaced(target, mode, durable=durable) as file:
                yield file
    except OSError as error:
        if error.filename in (path, None) and error.filename2 is None:
            raise OSError(error.errno, error.strerror or str(error), path) from None
        raise


def write_text(path: str, text: str, *, mode: int = SHARED, durable: bool = False) -> None:
    """Write a text file, whole or not at all; half a character, which UTF-8 cannot hold, becomes `?`. Raises OSError
    that names `path`.
    """
    with whole_file(path, mode=mode, durable=durable) as file:
        file.write(text.encode("utf-8", "replace"))


def _target(path: str) -> str | None:
    """Return the path of the regular file, or of nothing, that a rename may replace; None for what has to be written
    into.
    """
    at = os.path.join(os.getcwd(), path)
    for _ in range(_LINKS):
        folder = os.path.realpath(os.path.dirname(at))
        at = os.path.join(folder, os.path.basename(at))
        if at.startswith(_LIVE):
            return None
        try:
            seen = os.lstat(at)
        except FileNotFoundError:
            return at
        if stat.S_ISDIR(seen.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not stat.S_ISLNK(seen.st_mode):
            return at if stat.S_ISREG(seen.st_mode) else None
        at = os.path.join(folder, os.readlink(at))
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)


@contextmanager
def _replaced(target: str, mode: int, *, durable: bool) -> Iterator[IO[bytes]]:
    folder, name = os.path.split(target)
    temporary = f"{folder}/.{name[:100]}.{os.getpid()}.{os.urandom(4).hex()}.part"
    try:
        with open(
            temporary, "xb", opener=lambda at, flags: os.open(at, flags | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
        ) as file:
            if mode != PRIVATE:
                _as_before(file.fileno(), target)
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
            os.replace(temporary, target)
    except OSError as error:
        if error.filename == temporary:
            raise OSError(error.errno, error.strerror, target) from None
        raise
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def _as_before(fd: int, target: str) -> None:
    """Give a file the mode and the owner of the one whose place it takes."""
    with suppress(FileNotFoundError, PermissionError):
        before = os.lstat(target)
        os.fchmod(fd, stat.S_IMODE(before.st_mode) & 0o777)
        os.fchown(fd, before.st_uid, before.st_gid)


def _into(path: str, held: IO[bytes]) -> None:
    """Copy into a device, a FIFO or a descriptor, without making anything of that name."""
    with open(
        path, "wb", buffering=0, opener=lambda at, flags: os.open(at, flags & ~os.O_CREAT | os.O_NOCTTY | os.O_CLOEXEC)
    ) as file:
        shutil.copyfileobj(held, file)
