"""Texts that calls carry in the benchmarks: prose of a length, another one for every call, so that nothing is remembered of the last one."""

from __future__ import annotations

WORDS = "The quick brown fox jumps over the lazy dog, and 17 more of them follow it to README.md in src/app. "
STEP = 13


def prose(length: int, number: int = 0) -> str:
    """Return prose of a length that no other number has."""
    lines = WORDS * (length // len(WORDS) + 2)
    at = number * STEP % len(WORDS)
    return f"{number}. {lines[at:]}"[:length]
