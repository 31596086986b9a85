"""Unpacking: what is text inside a result though the wire shows base64, laid open for the cleaner and packed again.
Pure.
"""

from __future__ import annotations

import base64
import binascii

from gateway.model.errors import ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Place = tuple[str | int, ...]
    Plan = dict[Place, tuple[str, str]]

MAX_BLOB = 8 * 1024 * 1024
_TEXTUAL = ("json", "xml", "yaml", "toml", "javascript", "x-sh", "x-www-form-urlencoded", "csv", "svg")


def unpacked(value: Any) -> tuple[Any, Plan]:
    """Return a result with the text inside its blobs laid open, and the plan to pack it again."""
    plan: Plan = {}
    return _open(value, (), plan), plan


def _open(value: Any, place: Place, plan: Plan) -> Any:
    if isinstance(value, dict):
        return {key: _member(value, key, item, place, plan) for key, item in value.items()}
    if isinstance(value, list):
        return [_open(item, (*place, index), plan) for index, item in enumerate(value)]
    return value


def _member(holder: dict[str, Any], key: str, item: Any, place: Place, plan: Plan) -> Any:
    here = (*place, key)
    opened = (
        _text_in(item, holder.get("mimeType"), bare=key == "blob")
        if key in ("blob", "data") and isinstance(item, str)
        else None
    )
    if opened is None:
        return _open(item, here, plan)
    plan[here] = (item, opened)
    return opened


def _text_in(data: str, mime: object, *, bare: bool) -> str | None:
    kind = mime.lower() if isinstance(mime, str) else ""
    if (
        not (kind.startswith("text/") or any(word in kind for word in _TEXTUAL) or (bare and not kind))
        or len(data) > MAX_BLOB
    ):
        return None
    try:
        return base64.b64decode(data, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None


def packed(value: Any, plan: Plan) -> Any:
    """Return a cleaned result packed as it was; what nothing was taken out of is what it was, byte for byte.

    Raises ProtocolError when a key on the way to what was laid open is gone.
    """
    for place, (original, opened) in plan.items():
        holder = value
        last: Any = place[-1]
        try:
            for step in place[:-1]:
                holder = holder[step]
            now = holder[last]
        except (LookupError, TypeError):
            raise ProtocolError("something was taken out of the names of what the result holds") from None
        if now == opened:
            holder[last] = original
        else:
            holder[last] = base64.b64encode(str(now).encode("utf-8", "surrogatepass")).decode("ascii")
    return value
