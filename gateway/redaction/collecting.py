"""Collecting: every string of a JSON value that is looked at, with the name it stands under. Pure."""

from __future__ import annotations

from gateway.model.errors import ProtocolError
from gateway.model.json_text import loads
from gateway.redaction import structure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGE = 128 * 1024
"""Characters beyond which a text is looked at in blocks."""
OPENING = frozenset(("{", "[", '"', ""))
"""How a text begins that may be a JSON value."""
TELLING = 8
"""Fewest characters of a value that is taken out wherever else it stands."""
_CONTAINERS = (dict, list, tuple)
_PLAIN = 4096
"""Characters of a text without a backslash up to which nothing else is to be looked at in it: it is not large, and
escapes nothing.
"""


def is_large(text: str) -> bool:
    """Whether a text is cleaned in blocks; JSON never is, its parts are looked at together."""
    return len(text) > LARGE and text[:64].lstrip()[:1] not in OPENING


def collect(value: Any, texts: list[str], large: list[str], name: str = "") -> None:
    """Collect every string of a JSON value, a member's name before its text, and what lists of pieces say together."""
    if isinstance(value, str):
        if len(value) > LARGE and is_large(value):
            large.append(value)
            texts.append(name)
            return
        texts.append(f"{name}: {value}" if name else value)
        if "\\" in value and value.lstrip()[:1] in OPENING:
            _escaped(value, texts, large)
    elif isinstance(value, dict):
        _members(value, texts, large)
    elif isinstance(value, list | tuple):
        for item in value:
            collect(item, texts, large)
        pieces = structure.chunks(list(value)) if len(value) > 1 else None
        if pieces is not None:
            texts.append("".join(pieces))


def _members(value: dict[Any, Any], texts: list[str], large: list[str]) -> None:
    for key, item in value.items():
        members = key if type(key) is str else str(key)
        if isinstance(item, str):
            if len(members) > TELLING:
                texts.append(members)
            if len(item) <= _PLAIN and "\\" not in item:
                texts.append(f"{members}: {item}" if members else item)
                continue
        else:
            texts.append(members)
            if not isinstance(item, _CONTAINERS):
                continue
        collect(item, texts, large, members)


def _escaped(text: str, texts: list[str], large: list[str]) -> None:
    """Collect the strings of a text that is JSON itself: what is escaped in it can be seen only so."""
    try:
        collect(loads(text), texts, large)
    except (ProtocolError, RecursionError):
        return
