"""Phone numbers of every country, by the numbering plans that the phonenumbers library keeps. Off the hook lane: its
import alone costs 50 ms.
"""

from __future__ import annotations

_REACH = 40
"""Characters around a `+` in which a number is looked for."""


def phones(text: str) -> list[tuple[int, int]]:
    """Return where international numbers stand that a country's plan knows, one that was written without separators
    among them.
    """
    import phonenumbers

    phones: dict[tuple[int, int], None] = {}
    at = text.find("+")
    while at >= 0:
        window = text[at : at + _REACH]
        if sum(char.isdigit() for char in window) >= 6:
            for match in phonenumbers.PhoneNumberMatcher(window, None, max_tries=2):
                if match.start == 0:
                    phones[at, at + match.end] = None
        at = text.find("+", at + 1)
    return list(phones)
