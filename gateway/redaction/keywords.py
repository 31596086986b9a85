"""The first look at a text: which detectors could find anything at all. One pass of C-speed string methods, without `re`. Pure.

Nearly every text holds nothing. What can be a credential is a long word with a digit or a capital in it, so the anchors of the
detectors are looked for only in those words, which are a few hundredths of a text. An anchor with a character that ends a word
(`hooks.slack.com/`) is looked for in the whole text.
"""

from __future__ import annotations

from gateway.redaction.forms import WORD
from gateway.redaction.index import ANCHORS, LINKS, LOOSE

WORDS = "".join(chr(code) if chr(code) in WORD else " " for code in range(128))
"""Translation that leaves words and turns everything else to spaces."""

LOWER = "abcdefghijklmnopqrstuvwxyz_-."
SHORTEST = 16
"""Fewest characters of a word that can hold a credential of a form of its own."""
LONGEST_PART = 20
"""Letters in a row that are no part of a name any more."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_UNDERSCORED = tuple(anchor for anchor in ANCHORS if "_" in anchor)
_DASHED = tuple(anchor for anchor in ANCHORS if "-" in anchor and "_" not in anchor)
_PLAIN = tuple(anchor for anchor in ANCHORS if "_" not in anchor and "-" not in anchor)


def ascii_of(text: str) -> str:
    """Return a text of the same length in which every character that is not ASCII is a question mark."""
    return text if text.isascii() else text.encode("ascii", "replace").decode("ascii")


def long_words(text: str) -> list[str]:
    """Return the words of an ASCII text that can hold a credential."""
    return [word for word in text.translate(WORDS).split() if len(word) >= SHORTEST and (word.lstrip(LOWER) or _is_one_piece(word))]


def _is_one_piece(word: str) -> bool:
    """Whether a word in lower case has a part longer than words are."""
    return len(word) > LONGEST_PART and any(len(part) >= LONGEST_PART for part in word.replace("-", "_").replace(".", "_").split("_"))


def anchors_in(text: str, words: Iterable[str]) -> list[str]:
    """Return the anchors that stand in a text whose long words are known."""
    joined = " ".join(words)
    found = [anchor for anchor in _PLAIN if anchor in joined]
    for mark, anchors in (("_", _UNDERSCORED), ("-", _DASHED)):
        if mark in joined:
            part = " ".join([word for word in joined.split() if mark in word])
            found += [anchor for anchor in anchors if anchor in part]
    found += [anchor for anchor in LOOSE if anchor in text]
    if "://" in text or ".com/" in text:
        found += [anchor for anchor in LINKS if anchor in text]
    return found
