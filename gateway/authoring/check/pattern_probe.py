"""What a policy's own detectors cost: each is tried on texts made to be slow for it, within a time limit."""

from __future__ import annotations

import re
import time

from gateway.authoring.check.time_limit import OutOfTimeError, within

SIZES = (64, 256, 1_024, 4_096, 16_384)
SLOW_SECONDS = 0.5
"""CPU seconds over the largest of the texts from which a detector is called slow: a result of 200 kB would take as many
times the square.
"""
_LIMIT_SECONDS = 2.0


def slowness(pattern: str, keywords: tuple[str, ...] = ()) -> str:
    """Return on what text an expression is slow, "" where on none that was tried."""
    compiled = re.compile(pattern)
    for unit in _units(pattern, keywords):
        for size in SIZES:
            text = f"{unit * (size // len(unit))}\x00"
            begun = time.thread_time()
            try:
                with within(_LIMIT_SECONDS):
                    for _ in compiled.finditer(text):
                        pass
            except OutOfTimeError:
                return f"takes more than {_LIMIT_SECONDS:g} s over {size:,} characters of {unit!r}"
            took = time.thread_time() - begun
            if took > SLOW_SECONDS:
                return f"takes {took:.1f} s over {size:,} characters of {unit!r}"
    return ""


def _units(pattern: str, keywords: tuple[str, ...]) -> list[str]:
    """Return what texts are made of by repetition: characters of every kind, the expression's own literals, the
    keywords.
    """
    literals = [word for word in re.split(r"[^A-Za-z0-9]+", pattern) if word]
    chars = sorted({char for char in pattern if char not in "\\()[]{}|*+?^$"})[:40]
    return list(dict.fromkeys([*keywords, *literals[:10], *chars, *"aA0 -_.=/", "aA0", "a ", "ab", "\n", "é"]))
