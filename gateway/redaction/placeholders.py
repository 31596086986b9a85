"""Marks: what stands where something was taken out. They tell the kind, and link equal values without telling them.
Pure.
"""

from __future__ import annotations

from gateway.model.digest import hex_digest

REDACTED = "[REDACTED:"
MASKED = "[MASKED:"
_HEX = frozenset("0123456789abcdef")
_ID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
DIGITS = 4
"""Hexadecimal digits of a mark's link."""


def redacted(kind: str, value: str, key: bytes) -> str:
    """Return the mark of a value that was taken out whole: `[REDACTED:github-token:3f9a]`."""
    return f"{REDACTED}{kind}:{hex_digest(key, value)[:DIGITS]}]"


def masked(kind: str, value: str, key: bytes) -> str:
    """Return the mark of a value that keeps its shape outside the mark: `[MASKED:email:3f9a]@example.com`."""
    return f"{MASKED}{kind}:{hex_digest(key, value)[:DIGITS]}]"


def mark_end(text: str, at: int) -> int:
    """Return where the mark that starts at an offset ends, -1 where none starts: only what has the whole form is a
    mark.
    """
    for head in (REDACTED, MASKED):
        if text.startswith(head, at):
            closing = text.find("]", at, at + 80)
            name, colon, link = text[at + len(head) : closing].rpartition(":") if closing > 0 else ("", "", "")
            fits = colon and name and len(link) == DIGITS and _HEX.issuperset(link) and _ID.issuperset(name)
            return closing + 1 if fits else -1
    return -1


def is_mark(text: str) -> bool:
    """Whether a text is one mark and nothing else."""
    return text[:1] == "[" and mark_end(text, 0) == len(text)


def unscanned(count: int) -> str:
    """Return what stands for the end of a text that was too long to be looked at."""
    return f"[UNSCANNED:{count}]"
