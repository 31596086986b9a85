"""The key of a store's placeholders: equal secrets get equal marks, and nobody without the key can test a guess against
one.
"""

from __future__ import annotations

from gateway.host.user_folders import state_folder
from gateway.lane_os import IrregularError, open_regular, os
from gateway.model.digest import hex_digest
from gateway.model.errors import GatewayError

LENGTH = 32
"""Bytes of a key."""

_keys: dict[str, bytes] = {}


def store_key(store: str) -> bytes:
    """Return the key of a store: derived from the user's own, so that marks of two stores cannot be compared."""
    if store not in _keys:
        _keys[store] = hex_digest(user_key(), os.path.abspath(store)).encode()
    return _keys[store]


def user_key() -> bytes:
    """Return the user's key, made on first use; where it cannot be kept, a key for this process alone.

    Raises GatewayError when something stands there that is no key: marks and seals made with an empty one could be made
    by anybody.
    """
    path = f"{state_folder()}/key"
    try:
        return _read(path)
    except FileNotFoundError:
        return _make(path)
    except IrregularError as error:
        raise GatewayError(
            f"the key cannot be read: {error.strerror}", "remove it; a new key is made at the next call"
        ) from None
    except OSError:
        return os.urandom(LENGTH)


def _read(path: str) -> bytes:
    fd = open_regular(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        key = os.read(fd, LENGTH)
    finally:
        os.close(fd)
    if len(key) < LENGTH:
        raise GatewayError(f"the key in `{path}` is cut off", "remove it; a new key is made at the next call")
    return key


def _make(path: str) -> bytes:
    key = os.urandom(LENGTH)
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
