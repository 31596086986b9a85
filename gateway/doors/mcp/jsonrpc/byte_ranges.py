"""Where the parts of a JSON text stand, so that one part can change and every other byte stay what it is. Pure."""

from __future__ import annotations

from _json import scanstring
from json import JSONDecoder

from gateway.model.errors import ProtocolError

_SPACE = " \t\n\r"
_DECODER = JSONDecoder()

Range = tuple[int, int]


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def members(text: str, at: int = 0) -> dict[str, Range]:
    """Return the range of each value of the object that starts at `at`. Raises ProtocolError when none does."""
    at = _skip(text, at)
    if text[at : at + 1] != "{":
        raise ProtocolError("an object was expected")
    ranges: dict[str, Range] = {}
    at = _skip(text, at + 1)
    while text[at : at + 1] == '"':
        key, at = scanstring(text, at + 1, True)
        at = _skip(text, _skip(text, at) + 1)
        _, end = _DECODER.raw_decode(text, at)
        ranges[key] = (at, end)
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    return ranges


def items(text: str, at: int) -> list[Range]:
    """Return the range of each item of the array that starts at `at`. Raises ProtocolError when none does."""
    at = _skip(text, at)
    if text[at : at + 1] != "[":
        raise ProtocolError("an array was expected")
    ranges: list[Range] = []
    at = _skip(text, at + 1)
    while at < len(text) and text[at] != "]":
        _, end = _DECODER.raw_decode(text, at)
        ranges.append((at, end))
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    return ranges


def edited(text: str, changes: list[tuple[Range, str]]) -> str:
    """Return the text with ranges replaced; they do not overlap."""
    for (start, end), new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def relisted(raw: bytes, name: str, kept: dict[int, bytes | None], *, private: bool) -> bytes:
    """Return a result whose list `name` holds only some of its items, the bytes of the rest untouched.

    kept     index of each item that stays -> its new bytes, or None for the ones it has
    private  the list is not the same for everybody any more: a `cacheScope` it brings says so
    """
    text = raw.decode("utf-8")
    result = members(text, members(text)["result"][0])
    ranges = items(text, result[name][0])
    parts = []
    for index, (start, end) in enumerate(ranges):
        if index in kept:
            new = kept[index]
            parts.append(text[start:end] if new is None else new.decode("utf-8"))
    changes = [(result[name], "[" + ",".join(parts) + "]")]
    if private and "cacheScope" in result:
        changes.append((result["cacheScope"], '"private"'))
    return edited(text, changes).encode("utf-8")
