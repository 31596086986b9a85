"""Unpacking: what is text inside a result though the wire shows a string or base64, laid open for the cleaner and packed again. Pure."""

from __future__ import annotations

import base64
import binascii
import json

from gateway.model.errors import ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Place = tuple[str | int, ...]
    Plan = dict[Place, tuple[str, Any]]

MAX_BLOB = 8 * 1024 * 1024
MAX_TEXT = 4 * 1024 * 1024
_TEXTUAL = ("json", "xml", "yaml", "toml", "javascript", "x-sh", "x-www-form-urlencoded", "csv", "svg")

JSON_TEXT = "json"
BLOB = "blob"


def unpacked(value: Any) -> tuple[Any, Plan]:
    """Return a result with the JSON inside its texts and the text inside its blobs laid open, and the plan to pack it again.

    What is laid open so is cleaned as what it is: a password by its key, a key inside a file that came as base64.
    """
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
    opened: Any = None
    if key == "text" and isinstance(item, str):
        opened = _json_in(item)
        kind = JSON_TEXT
    elif key in ("blob", "data") and isinstance(item, str):
        opened = _text_in(item, holder.get("mimeType"), bare=key == "blob")
        kind = BLOB
    if opened is None:
        return _open(item, here, plan)
    plan[here] = (kind, (item, opened))
    return opened


def _json_in(text: str) -> Any:
    """Return the object or array that a text is; None for any other text."""
    if text[:1] not in ("{", "[") or len(text) > MAX_TEXT:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _text_in(data: str, mime: object, *, bare: bool) -> str | None:
    kind = mime.lower() if isinstance(mime, str) else ""
    if not (kind.startswith("text/") or any(word in kind for word in _TEXTUAL) or (bare and not kind)) or len(data) > MAX_BLOB:
        return None
    try:
        return base64.b64decode(data, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None


def packed(value: Any, plan: Plan) -> Any:
    """Return a cleaned result packed as it was; what nothing was taken out of is what it was, byte for byte.

    Raises ProtocolError when a key on the way to what was laid open is gone.
    """
    for place, (kind, (original, opened)) in plan.items():
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
        elif kind == BLOB:
            holder[last] = base64.b64encode(str(now).encode("utf-8", "surrogatepass")).decode("ascii")
        else:
            holder[last] = json.dumps(now, ensure_ascii=False, indent=_indent(original))
    return value


def _indent(text: str) -> int | None:
    """Return the indentation a JSON text was written with."""
    line = text.partition("\n")[2]
    return (len(line) - len(line.lstrip(" "))) or None if line else None
