"""Caches kept beside the record: one sealed file each, written whole or not at all, and never missed when they are
gone.

A cache is believed only when its seal fits: it was made with the user's own key, so that whoever can write the store
cannot have us tell of events that are not there. What it says is checked against the events' stamps by its reader all
the same.
"""

from __future__ import annotations

import hmac
import os

from gateway.model.digest import hex_digest

MAX_BYTES = 256 * 1024 * 1024


def read_cache(path: str, key: bytes) -> bytes | None:
    """Return what a cache holds, None when there is none that can be believed."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(fd, "rb") as file:
        try:
            seal = file.readline(80).strip()
            data = file.read(MAX_BYTES)
        except OSError:
            return None
    return data if hmac.compare_digest(seal, _seal(key, data)) else None


def write_cache(path: str, key: bytes, data: bytes) -> bool:
    """Keep a cache; return whether that was possible (a store that cannot be written to has none)."""
    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "xb", opener=_private) as file:
            file.write(_seal(key, data) + b"\n")
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        return False
    finally:
        _remove(temporary)
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _seal(key: bytes, data: bytes) -> bytes:
    return hex_digest(key, data).encode()


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
