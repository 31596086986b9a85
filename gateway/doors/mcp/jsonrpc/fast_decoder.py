"""Canonical: messages that can be read in one way only, told without looking at every member. Pure.

A message that is written back to the very bytes it was read from is one; both official SDKs write all of theirs so:
compact, no key twice, no letter escaped that need not be. In a long message without a backslash it is enough that there
are as many strings as were read: a key that stood twice would be one of them too many. Whatever is neither is left to
the decoder that tells what is wrong with it.
"""

from __future__ import annotations

import msgspec

NOT = object()
"""What `value_of` returns for a message that is not canonical."""

_REFUSED = (msgspec.DecodeError, ValueError, TypeError, RecursionError)
_START = 24
"""Bytes at the start of a message that tell whether it is written with spaces."""

_LONG = 16_384
_MANY = 64
"""Most strings of a long message that are counted."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def value_of(raw: bytes) -> object:
    """Return the value of a message in canonical JSON; NOT where it is anything else."""
    if len(raw) <= _LONG and b": " in raw[:_START]:
        return NOT
    try:
        value = _decode(raw)
        return value if (len(raw) > _LONG and _is_counted(value, raw)) or _encode(value) == raw else NOT
    except _REFUSED:
        return NOT


def _is_counted(value: object, raw: bytes) -> bool:
    """Whether a message without a backslash holds exactly the strings, keys among them, that were read."""
    if b"\\" in raw:
        return False
    strings, todo = 0, [value]
    while todo and strings <= _MANY:
        one = todo.pop()
        if isinstance(one, str):
            strings += 1
        elif isinstance(one, dict):
            strings += len(one)
            todo += one.values()
        elif isinstance(one, list):
            todo += one
    return strings <= _MANY and _quotes(raw, 2 * strings) == 2 * strings


def _quotes(raw: bytes, most: int) -> int:
    """Return how many quotes stand in a message, at most one more than `most`: looking for few beats counting all."""
    found, at = 0, raw.find(b'"')
    while at >= 0 and found <= most:
        found += 1
        at = raw.find(b'"', at + 1)
    return found
