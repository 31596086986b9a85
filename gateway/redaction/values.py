"""What stands where a credential could stand: a placeholder, a reference, a word of the language, or the credential.
Pure.
"""

from __future__ import annotations

from gateway.redaction.alphabets import ALPHABETS

_DUMMIES = frozenset(
    (
        "true false yes no on off null none nil undefined void unset empty required optional enabled disabled default auto"
        " string str text bytes int number bool boolean any object float uuid date password passwd secret token credential credentials"
        " basic bearer digest negotiate inherit redacted masked removed hidden private public todo tbd n/a na changeme change_me"
    ).split()
)
_STEMS = (
    "your",
    "example",
    "placeholder",
    "changeme",
    "dummy",
    "sample",
    "xxxx",
    "....",
    "****",
    "redacted",
    "insert",
    "replace",
    "<your",
)
_OPENERS = ("$", "<", "{", "%", "@", "#", "(", "[", "&", "*", "…", "?", "\\$", "\\(", "\\u00")

IDENTIFIER = ALPHABETS["letter"] + "_"


def is_placeholder(value: str) -> bool:
    """Whether a value only says where a credential would stand: `${TOKEN}`, `<password>`, `your-key-here`, `null`."""
    if value.startswith(_OPENERS) or value.endswith(("}", ">")) or "${" in value or "{{" in value or "%(" in value:
        return True
    plain = value.lower()
    return plain in _DUMMIES or (len(plain) < 48 and any(stem in plain for stem in _STEMS)) or len(set(plain)) < 2


def is_dummy(value: str) -> bool:
    """Whether a value is a reference, or a word that documents what would stand there: `string`, `required`, `none`."""
    return is_reference(value) or value.startswith(_OPENERS[1:4]) or value.lower() in _DUMMIES


def is_random(value: str) -> bool:
    """Whether a value looks made by a machine: letters and digits mixed, no path, no call, no chain of names."""
    value = value[:_LOOK]
    digits = len(value) - len(value.translate(_NO_DIGITS))
    letters = len(value) - len(value.translate(_NO_LETTERS))
    if len(value) < 8 or not digits or not letters:
        return False
    return len(set(value)) >= min(len(value) // 2, 8)


def is_name(value: str) -> bool:
    """Whether a value reads as words: letters alone, or words joined by `_`, `-`, `.`, `/`, with a number at most at
    their ends.
    """
    for mark in "-./:":
        value = value.replace(mark, "_")
    return all(
        not part or not part.strip(ALPHABETS["digit"]).strip(IDENTIFIER) for part in value.split("_")
    ) and not _is_broken(value)


def _is_broken(value: str) -> bool:
    """Whether digits stand inside the words in a way that no name has."""
    changes = sum(1 for item, two in zip(value, value[1:], strict=False) if item.isdigit() != two.isdigit())
    return changes > 3


_LOOK = 512
"""Characters of a value that are looked at for what it is made of."""
_NO_DIGITS = {ord(char): None for char in ALPHABETS["digit"]}
_NO_LETTERS = {ord(char): None for char in ALPHABETS["letter"]}


def is_reference(value: str) -> bool:
    """Whether a whole value is a reference or a placeholder, with no doubt: `${TOKEN}`, `$TOKEN`, `{{ token }}`,
    `<token>`, `***`.
    """
    plain = value.strip()
    pairs = (("${", "}"), ("{{", "}}"), ("<", ">"), ("$(", ")"), ("%(", ")s"))
    if any(plain.startswith(opening) and plain.endswith(closing) for opening, closing in pairs):
        return " " not in plain or len(plain) < 60
    if plain[:1] == "$" and plain[1:].isidentifier() and plain.upper() == plain:
        return True
    return plain.lower() in ("", "true", "false", "null", "none", "undefined") or not plain.strip("*x.•-")
