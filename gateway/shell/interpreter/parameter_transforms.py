"""What `${x#w}`, `${x//a/b}`, `${x:1:2}` and `${x^^}` make of a known value. Pure; None when it cannot be told."""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.model.globs import match_name

MAX_LENGTH = 4_096


def transformed(text: str, operator: str, operand: str) -> str | None:
    """Return the value that an operator makes, None when a part of it is unknown or too long to try."""
    if UNKNOWN in text or UNKNOWN in operand or len(text) > MAX_LENGTH:
        return None
    if operator in ("#", "##", "%", "%%"):
        return _trimmed(text, operator, operand)
    if operator in ("/", "//", "/#", "/%"):
        return _replaced(text, operator, operand)
    if operator == ":":
        return _slice(text, operand)
    if operator in ("^^", ",,"):
        return text.upper() if operator == "^^" else text.lower()
    if operator in ("^", ","):
        head = text[:1].upper() if operator == "^" else text[:1].lower()
        return head + text[1:]
    return None


def _trimmed(text: str, operator: str, pattern: str) -> str:
    lengths = range(len(text) + 1)
    for length in lengths if len(operator) == 1 else reversed(lengths):
        piece = text[:length] if operator[0] == "#" else text[len(text) - length :]
        if match_name(pattern, piece):
            return text[length:] if operator[0] == "#" else text[: len(text) - length]
    return text


def _replaced(text: str, operator: str, operand: str) -> str | None:
    pattern, _, new = operand.partition("/")
    if any(char in pattern for char in "*?[\\"):
        return None
    if not pattern:
        return text
    if operator == "/#":
        return new + text[len(pattern) :] if text.startswith(pattern) else text
    if operator == "/%":
        return text[: len(text) - len(pattern)] + new if text.endswith(pattern) else text
    return text.replace(pattern, new) if operator == "//" else text.replace(pattern, new, 1)


def _slice(text: str, operand: str) -> str | None:
    offset, colon, length = operand.partition(":")
    start = _number(offset)
    count = _number(length) if colon else None
    if start is None or (colon and count is None):
        return None
    begin = max(start + len(text), 0) if start < 0 else start
    if count is None:
        return text[begin:]
    return text[begin : len(text) + count] if count < 0 else text[begin : begin + count]


def _number(text: str) -> int | None:
    text = text.strip().strip("()").strip()
    return int(text) if text.lstrip("-").isdigit() and len(text) < 10 else None
