"""Cutting: long texts recorded by their beginning, so that a megabyte in a message is not a megabyte to look through
and to keep. Pure.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MARGIN = 4096
"""Characters before the cut among which a space is looked for: a cut inside a word could leave a part of a credential.
"""


def exceeds(value: Any, limit: int) -> bool:
    """Whether a JSON value holds a text of more than `limit` characters."""
    if isinstance(value, str):
        return len(value) > limit
    if isinstance(value, dict):
        return any(exceeds(item, limit) for item in value.values())
    return isinstance(value, list | tuple) and any(exceeds(item, limit) for item in value)


def shortened(value: Any, limit: int) -> Any:
    """Return a JSON value in which every text of more than `limit` characters ends near there, and says how long it
    was.
    """
    if isinstance(value, str):
        return value if len(value) <= limit else _cut(value, limit)
    if isinstance(value, dict):
        return {key: shortened(item, limit) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shortened(item, limit) for item in value]
    return value


def _cut(text: str, limit: int) -> str:
    head = text[:limit]
    at = max(head.rfind(mark, limit - MARGIN) for mark in (" ", "\n", "\t"))
    return f"{head[:at] if at > 0 else head}… [{len(text)} characters]"
