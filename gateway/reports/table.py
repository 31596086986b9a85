"""Text that keeps to columns: how many cells a text takes on a terminal, cut and filled to a width, and how wide the
terminal is.
"""

from __future__ import annotations

import shutil
from unicodedata import combining, east_asian_width

NARROWEST = 60
"""Fewest columns that a table is laid out for."""


def columns() -> int:
    """Return how wide the terminal is, or what COLUMNS says; 80 where nobody sits."""
    return max(shutil.get_terminal_size((80, 24)).columns, NARROWEST)


def cells(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(char: str) -> int:
    if combining(char) or char in "\u200d\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def fitted(text: str, width: int) -> str:
    """Return a text that takes at most `width` cells; a cut shows as `…`."""
    if cells(text) <= width:
        return text
    kept, taken = [], 1
    for char in text:
        taken += _cells_of(char)
        if taken > width:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…" if width > 0 else ""


def padded(text: str, width: int) -> str:
    """Return a text that takes exactly `width` cells, cut or filled."""
    text = fitted(text, width)
    return text + " " * (width - cells(text))


def short_names(names: list[str], least: int = 8) -> dict[str, str]:
    """Return the shortest beginning of each name that no other has, from a length on: what any command takes for it."""
    ordered = sorted(set(names))
    short: dict[str, str] = {}
    for at, name in enumerate(ordered):
        beside = [ordered[other] for other in (at - 1, at + 1) if 0 <= other < len(ordered)]
        length = max([least, *(_shared(name, other) + 1 for other in beside)])
        short[name] = name[:length]
    return short


def _shared(name: str, other: str) -> int:
    for at, (mine, its) in enumerate(zip(name, other, strict=False)):
        if mine != its:
            return at
    return min(len(name), len(other))
