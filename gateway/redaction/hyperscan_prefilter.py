"""The first look by one compiled automaton (the extra `speed`: Hyperscan, or Vectorscan where that is what its package
brings).

It only tells which parts of the first look can find nothing, so results are the same with it and without it: every
pattern here is wider than the part it stands for, and a test holds it to that. What goes wrong calls for every part.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from gateway.redaction import bearer, blocks
from gateway.redaction.alphabets import ALPHABETS
from gateway.redaction.first_look import ANCHORED, BLOCKED, EVERY, LINKED, LOOSE, NESTED, OPTIONAL, PROVIDED, TELLING
from gateway.redaction.index import ANCHORS, LINKS
from gateway.redaction.index import LOOSE as LOOSE_ANCHORS
from gateway.redaction.keywords import SHORTEST, can_hold
from gateway.redaction.names import KEY_OWNERS
from gateway.redaction.names import WORDS as TELLING_WORDS
from gateway.redaction.nested import LEAST, LINE
from gateway.redaction.options import PROGRAMS

if TYPE_CHECKING:
    from gateway.redaction.first_look import Told

_FIRST_ANCHOR = 1000
"""Number of the first anchor; smaller numbers are parts."""
_FAR = 200
MANY = 16
"""Anchors at which it is not asked any more whether they stand in long words."""


_DOTTED = ALPHABETS["dotted"]
_WIDE = f"[{re.escape(_DOTTED + '+/')}]"
_PIECE = f"[{re.escape(ALPHABETS['word'] + '+/')}]"
_START = f"(?:^|[^{_PIECE[1:]})"
_INSIDE = f"[{re.escape(_DOTTED + '+/~!$')}]"

NESTINGS = (
    f"{_START}(?:[A-Za-f]{_PIECE}{{3}}){{{LEAST // 4}}}",  # base64 of text
    f"{_START}(?:[2-7][0-9A-Fa-f]){{{LEAST // 2}}}",  # hexadecimal of text
    f"{_START}(?:H4sI|eJ|eN|eA){_PIECE}{{{LEAST - 4}}}",  # base64 of gzip and zlib
    f"{_PIECE}{{400}}",  # base64 of anything
    f"{_START}{_PIECE}{{{LINE[0]},{LINE[1]}}}\\s+{_WIDE}",  # base64 in lines
    "%[0-9A-Fa-f]{2}",
    r"\\u00|\\x",
)

TELLINGS = (
    *(re.escape(word) for word in TELLING_WORDS),
    "(?:" + "|".join("[_-]*".join((*owner, "key")) for owner in KEY_OWNERS) + ")",
    "(?:pin|otp)(?:\n|: |$)",
    f"{bearer.WORD}[ \\t\\r\\n]",
)


def _rows() -> list[tuple[str, int, bool]]:
    """Return (pattern, number, whether case counts)."""
    rows = [(pattern, NESTED, True) for pattern in NESTINGS]
    rows.append((f"[=:>,(][ \\t\"'`\\\\]*{_INSIDE}{{{SHORTEST}}}", PROVIDED, True))
    rows += [(pattern, TELLING, False) for pattern in TELLINGS]
    rows += [(re.escape(text), BLOCKED, True) for text in ("PRIVATE KEY", blocks.PUTTY)]
    rows += [(re.escape(program), OPTIONAL, True) for program in (*PROGRAMS, "machine ")]
    rows.append(("://[^\\x00-\\x20\"'`<>\\\\|(){},;]*@", LINKED, True))
    return rows + [(re.escape(anchor), _FIRST_ANCHOR + number, True) for number, anchor in enumerate(_ALL)]


_ALL = (*LOOSE_ANCHORS, *LINKS, *ANCHORS)
_ANYWHERE = _FIRST_ANCHOR + len(LOOSE_ANCHORS) + len(LINKS)
"""Number of the first anchor that counts only in a long word."""


class Automaton:
    """Every pattern of the first look, compiled into one; safe to share between threads, of which one looks at a time.

    trouble  what the library raises
    """

    __slots__ = ("_free", "_trouble")

    def __init__(self, database: Any, trouble: type[Exception]) -> None:
        self._free = [database]
        self._trouble = trouble

    @classmethod
    def compiled(cls) -> Automaton | None:
        """Return the automaton, None where the extra is not installed or cannot compile here."""
        try:
            library = import_module("hyperscan")
        except ImportError:
            return None
        rows = _rows()
        try:
            once = library.HS_FLAG_SINGLEMATCH
            database = library.Database(mode=library.HS_MODE_BLOCK)
            database.compile(
                expressions=[pattern.encode() for pattern, _, _ in rows],
                ids=[number for _, number, _ in rows],
                flags=[
                    (0 if exact else library.HS_FLAG_CASELESS)
                    | (once if number < _ANYWHERE else 0)
                    | library.HS_FLAG_DOTALL
                    for _, number, exact in rows
                ],
            )
        except (library.error, AttributeError, TypeError, ValueError):
            return None  # a library that is not the one it was written for
        return cls(database, library.error)

    def __call__(self, plain: str) -> Told:
        """Return which parts of the first look could find something in an ASCII text, and which anchors that count
        anywhere stand in it.
        """
        found: set[int] = set()
        anchors: list[tuple[int, int]] = []

        def on_match(number: int, _start: int, end: int, _flags: int, _context: object) -> bool | None:
            if number < _ANYWHERE:
                found.add(number)
            else:
                anchors.append((number, end))
            return None

        try:
            database = self._free.pop()
        except IndexError:
            return EVERY, None  # another thread is looking
        try:
            database.scan(plain.encode("ascii"), match_event_handler=on_match)
        except self._trouble:
            return EVERY, None
        finally:
            self._free.append(database)
        parts = 0
        for number in found:
            parts |= number if number < _FIRST_ANCHOR else LOOSE
        if anchors and (len(anchors) > MANY or any(_in_long_word(plain, end) for _, end in anchors)):
            parts |= ANCHORED
        return parts, [_ALL[number - _FIRST_ANCHOR] for number in found if number >= _FIRST_ANCHOR]


def _in_long_word(plain: str, end: int) -> bool:
    """Whether the word around an anchor that ends at an offset can hold a credential; one that is too long to be looked
    at can.
    """
    before = plain[max(0, end - _FAR) : end]
    after = plain[end : end + _FAR]
    left, right = len(before) - len(before.rstrip(_DOTTED)), len(after) - len(after.lstrip(_DOTTED))
    return _FAR in (left, right) or can_hold(plain[end - left : end + right])
