"""Tokens behind the word `Bearer` wherever it stands: `my key is Bearer …`, `TOKEN=Bearer …`, a header without its name
(RFC 6750). Pure.

The word is common in prose (`bearer token`, `Bearer authentication`, `bearer of news`), so what follows has to look
made by a machine.
"""

from __future__ import annotations

from gateway.redaction.alphabets import ALNUM, ALPHABETS
from gateway.redaction.placeholders import mark_end
from gateway.redaction.values import is_name, is_placeholder, is_random

WORD = "bearer"
_VALUE = ALPHABETS["percent"]
_GAP = " \t\r\n"
_MOST_GAP = 8
_LEAST = 8
_LONGEST = 8192

TYPE_CHECKING = False
if TYPE_CHECKING:
    Span = tuple[int, int, str]


def could_stand_in(lowered: str) -> bool:
    """Whether a first look at a text in lower case says that a token could follow the word."""
    return any(f"{WORD}{gap}" in lowered for gap in _GAP)


def spans(text: str, lowered: str) -> list[Span]:
    """Return where tokens stand behind the word; `lowered` is the text in lower case, character for character."""
    spans: list[Span] = []
    at = lowered.find(WORD)
    while at >= 0:
        end = at + len(WORD)
        if at == 0 or text[at - 1] not in ALNUM:
            gap = text[end : end + _MOST_GAP]
            start = end + len(gap) - len(gap.lstrip(_GAP))
            stop = _token_end(text, start) if start > end else start
            if stop - start >= _LEAST and _is_token(text[start:stop]) and mark_end(text, start) < 0:
                spans.append((start, stop, "authorization"))
                end = stop
        at = lowered.find(WORD, end)
    return spans


def _token_end(text: str, at: int) -> int:
    window = text[at : at + _LONGEST]
    value = window[: len(window) - len(window.lstrip(_VALUE))]
    return at + len(value.rstrip(".%"))


def _is_token(value: str) -> bool:
    return is_random(value) and not is_name(value) and not is_placeholder(value)
