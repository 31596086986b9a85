"""The escapes of `$'…'`. Pure; bash(1), ANSI-C Quoting."""

from __future__ import annotations

_ESCAPES = {"a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def ansi_escape(text: str, at: int) -> tuple[str, int]:
    r"""Return (what the escape at `at` stands for, the offset behind it), as in `$'…'`: \n \x41 \101 \u20ac \cA …"""
    char = text[at + 1] if at + 1 < len(text) else ""
    if char in _ESCAPES:
        return _ESCAPES[char], at + 2
    if char and char in "01234567":
        end = at + 1
        while end < min(at + 4, len(text)) and text[end] in "01234567":
            end += 1
        return chr(int(text[at + 1 : end], 8) & 0xFF), end
    if char and char in "xuU":
        limit = {"x": 2, "u": 4, "U": 8}[char]
        end = at + 2
        while end < min(at + 2 + limit, len(text)) and text[end] in "0123456789abcdefABCDEF":
            end += 1
        if end > at + 2:
            value = int(text[at + 2 : end], 16)
            return (chr(value) if value < 0x110000 else "\ufffd"), end
    if char == "c" and at + 2 < len(text):
        return chr(ord(text[at + 2]) & 0x1F), at + 3
    if char and char in "\\'\"?":
        return char, at + 2
    return "\\" + char, at + 2
