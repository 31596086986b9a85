"""Fast encoding of record lines, and their digests, for processes that live on. Off the hook lane.

What the fast encoder refuses is written by the one of the hook lane, so speed never decides what can be recorded.
"""

from __future__ import annotations

import hashlib

import msgspec

from gateway.model.json_text import line_of

REFUSED = (TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError)
"""What the fast encoder raises: for keys that are no text, for half a character, for depth."""

_encode = msgspec.json.Encoder().encode


def line(value: object) -> bytes:
    """Return a JSON value as one line of UTF-8, the newline included."""
    try:
        return _encode(value) + b"\n"
    except REFUSED:
        return line_of(value)


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal, worked out with what the processor has for it."""
    return hashlib.sha256(data).hexdigest()
