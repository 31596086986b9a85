"""The key of a store's placeholders: equal secrets get equal marks, and nobody without the key can test a guess against one."""

from __future__ import annotations

from gateway.host.folders import state_folder
from gateway.lane_os import os
from gateway.model.digest import hex_digest

_keys: dict[str, bytes] = {}


def store_key(store: str) -> bytes:
    """Return the key of a store: derived from the user's own, so that marks of two stores cannot be compared."""
    if store not in _keys:
        _keys[store] = hex_digest(user_key(), os.path.abspath(store)).encode()
    return _keys[store]


def user_key() -> bytes:
    """Return the user's key, made on first use; where it cannot be kept, a key for this process alone."""
    path = f"{state_folder()}/key"
    try:
        return _read(path)
    except FileNotFoundError:
        return _make(path)
    except OSError:
        return os.urandom(32)


def _read(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        return os.read(fd, 32)
    finally:
        os.close(fd)


def _make(path: str) -> bytes:
    key = os.urandom(32)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            os.write(fd, key)
        finally:
            os.close(fd)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return _read(path)
        finally:
            os.unlink(temporary)
    except OSError:
        return key
    return key
