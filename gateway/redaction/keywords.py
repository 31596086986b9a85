"""The first look at a text: which detectors could find anything at all. One pass of C-speed string methods, without
`re`. Pure.

Nearly every text holds nothing. What can be a credential is a long word with a digit or a capital in it, so the anchors
of the detectors are looked for only in those words, which are a few hundredths of a text: by the two characters before
their first `_`, `-` or `.`, and one without any only where a word or a part of one starts. An anchor with a character
that ends a word (`hooks.slack.com/`) is looked for in the whole text.
"""

from __future__ import annotations

from gateway.redaction.alphabets import WORD
from gateway.redaction.index import ANCHORS, INNER, LINKS, LOOSE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Probed = tuple[tuple[str, tuple[str, ...]], ...]

WORDS = "".join(chr(code) if chr(code) in WORD else " " for code in range(128))
"""Translation that leaves words and turns everything else to spaces."""
_WIDE = "".join("x" if chr(code) in WORD or chr(code) in "+/" else " " for code in range(128))
"""Translation that marks words, and what base64 is written in."""

LOWER = "abcdefghijklmnopqrstuvwxyz_-.+/"
SHORTEST = 16
"""Fewest characters of a word that can hold a credential of a form of its own."""
LONGEST_PART = 20
"""Letters in a row that are no part of a name any more."""

_RUN = "x" * SHORTEST
_MIDDLE = tuple(anchor for anchor in ANCHORS if anchor in INNER)
_JOINTS = "_-."
_PARTS = "".join(" " if chr(code) in "_-.+/" else "x" for code in range(128))
_LONG_PART = "x" * LONGEST_PART
_SPACES = str.maketrans(_JOINTS, "   ")


def _tables() -> dict[str, dict[str, list[str]]]:
    """Return joint -> anchors by two characters that find them: the last before their first joint, or the first where
    they have none.
    """
    tables: dict[str, dict[str, list[str]]] = {"": {}, "_": {}, "-": {}, ".": {}}
    for anchor in ANCHORS:
        if anchor not in INNER:
            bare = anchor.translate(_SPACES)
            at = bare.find(" ")
            head = anchor[:2] if at < 0 else anchor[max(0, at - 2) : at]
            tables[anchor[at] if at >= 0 else ""].setdefault(head, []).append(anchor)
    return tables


_BY_JOINT = _tables()
_HEADS = _BY_JOINT.pop("")


def _probed(anchors: Iterable[str]) -> Probed:
    """Return (what a text holds that holds one of these, these) of anchors that begin alike."""
    alike: dict[str, list[str]] = {}
    for anchor in anchors:
        alike.setdefault(anchor[:3], []).append(anchor)
    return tuple((_common_start(group), tuple(group)) for group in alike.values())


def _common_start(words: list[str]) -> str:
    size = next((at for at, chars in enumerate(zip(*words, strict=False)) if len(set(chars)) > 1), min(map(len, words)))
    return words[0][:size]


_LOOSE = tuple((mark, _probed(anchor for anchor in LOOSE if mark in anchor)) for mark in "=$~:+/")
_LOOSE_PLAIN = _probed(anchor for anchor in LOOSE if not any(mark in anchor for mark in "=$~:+/"))
_LINKS = _probed(LINKS)


def ascii_of(text: str) -> str:
    """Return a text of the same length in which every character that is not ASCII is a question mark."""
    return text if text.isascii() else text.encode("ascii", "replace").decode("ascii")


def wide_words(text: str) -> list[str]:
    """Return the words of an ASCII text, paths and base64 in one piece, that are long and no names in lower case."""
    # Few words are long: runs of that many marks are found without making all the others.
    marked = text.translate(_WIDE)
    words: list[str] = []
    at = marked.find(_RUN)
    while at >= 0:
        end = marked.find(" ", at + SHORTEST)
        end = end if end >= 0 else len(text)
        word = text[at:end]
        if can_hold(word):
            words.append(word)
        at = marked.find(_RUN, end)
    return words


def long_words(wide: list[str]) -> list[str]:
    """Return the words among wide ones that can hold a credential."""
    return [word for word in " ".join(wide).translate(WORDS).split() if can_hold(word)]


def can_hold(word: str) -> bool:
    """Whether a word is long enough for a credential, and no name in lower case."""
    return len(word) >= SHORTEST and (word.lstrip(LOWER) != "" or _is_one_piece(word))


def _is_one_piece(word: str) -> bool:
    """Whether a word in lower case has a part longer than words are."""
    return len(word) > LONGEST_PART and _LONG_PART in word.translate(_PARTS)


def anchors_in(text: str, words: list[str]) -> list[str]:
    """Return the anchors that stand in the long words of a text."""
    joined = " ".join(words)
    if not joined:
        return []
    found = [anchor for anchor in _MIDDLE if anchor in joined]
    if "\\" in text or "%" in text or "\x1b" in text:
        found += [anchor for anchors in _HEADS.values() for anchor in anchors if anchor in joined]
    else:
        heads = {piece[:2] for piece in joined.translate(_SPACES).split()}
        found += [anchor for head in heads.intersection(_HEADS) for anchor in _HEADS[head] if anchor in joined]
    for joint, table in _BY_JOINT.items():
        if joint in joined:
            pieces = joined.split(joint)
            ends = {piece[-2:] for piece in pieces}.union([piece[-1:] for piece in pieces])
            found += [anchor for end in ends.intersection(table) for anchor in table[end] if anchor in joined]
    return found


def loose_in(text: str) -> list[str]:
    """Return the anchors that stand in a text and count anywhere in it."""
    standing = _standing(_LOOSE_PLAIN, text)
    for mark, anchors in _LOOSE:
        if mark in text:
            standing += _standing(anchors, text)
    if "://" in text or ".com/" in text:
        standing += _standing(_LINKS, text)
    return standing


def _standing(anchors: Probed, text: str) -> list[str]:
    return [anchor for probe, group in anchors if probe in text for anchor in group if anchor in text]
