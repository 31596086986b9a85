"""Alphabets: the characters that secrets and the words around them are written in. Pure data."""

from __future__ import annotations

_DIGIT = "0123456789"
_AZ = "abcdefghijklmnopqrstuvwxyz"
_UP = _AZ.upper()

ALPHABETS = {
    "digit": _DIGIT,
    "hex": _DIGIT + "abcdef",
    "xdigit": _DIGIT + "abcdefABCDEF",
    "az": _AZ,
    "letter": _AZ + _UP,
    "lower": _DIGIT + _AZ,
    "upper": _DIGIT + _UP,
    "alnum": _DIGIT + _AZ + _UP,
    "base32": "234567" + _UP,
    "base58": "".join(char for char in _DIGIT + _AZ + _UP if char not in "0OIl"),
    "base64": _DIGIT + _AZ + _UP + "+/",
    "padded": _DIGIT + _AZ + _UP + "+/=",
    "word": _DIGIT + _AZ + _UP + "_-",
    "dotted": _DIGIT + _AZ + _UP + "_-.",
    "token": _DIGIT + _AZ + _UP + "_-.=",
    "tilde": _DIGIT + _AZ + _UP + "_-.~",
    "percent": _DIGIT + _AZ + _UP + "_-.~%+/=",
    "crypt": _DIGIT + _AZ + _UP + "./",
    "bech32": "023456789ACDEFGHJKLMNPQRSTUVWXYZ",
}
"""Name -> its characters."""

ALNUM = frozenset(ALPHABETS["alnum"])
WORD = frozenset(ALPHABETS["dotted"])
"""Characters of a word as the first look sees it."""
