"""Digests for the hook lane: the C module behind `hashlib.sha256`, without importing `hashlib`. Pure."""

from __future__ import annotations

try:
    from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]  # Python 3.12 and later
except ImportError:
    from _sha256 import sha256  # type: ignore[import-not-found,no-redef,unused-ignore]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def hex_digest(*parts: str | bytes) -> str:
    """Return the SHA-256, in hexadecimal, of parts that cannot run into each other."""
    state = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:" % len(data))
        state.update(data)
    return str(state.hexdigest())


def digest_of_pieces(pieces: Iterable[bytes]) -> str:
    """Return the SHA-256, in hexadecimal, of bytes that come in pieces."""
    state = sha256()
    for piece in pieces:
        state.update(piece)
    return str(state.hexdigest())


def plain_digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return str(sha256(data).hexdigest())
