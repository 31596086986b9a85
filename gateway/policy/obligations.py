"""`redact` and `mask`: what must be removed from the record, and from what is passed on. Pure; off the hook lane."""

from __future__ import annotations

from gateway.policy.fields import Field

CLASSES = ("secrets", "pii")

_NAMES = {"type": ["array", "null"], "items": {"type": "string", "minLength": 1, "pattern": "\\S"}}


def schema(kind: str) -> dict[str, object]:
    """Return the JSON Schema of the `redact` or the `mask` section."""
    custom = {
        "type": ["array", "null"],
        "description": "detectors of your own",
        "items": {
            "type": "object",
            "required": ["id", "pattern"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "minLength": 1, "pattern": "\\S"},
                "pattern": {"type": "string", "minLength": 1, "pattern": "\\S", "description": "a Python regular expression"},
                "keywords": {**_NAMES, "description": "the pattern is only tried where one of these stands"},
            },
        },
    }
    properties: dict[str, object] = {
        "record": {**_NAMES, "description": "what is removed from the record: `secrets`, `pii` or detector ids"},
        "forward": {**_NAMES, "description": "what is removed from what is passed on to the tool and back to the agent"},
    }
    if kind == "redact":
        properties["custom"] = custom
    return {"type": ["object", "null"], "description": f"{kind}: two reaches", "additionalProperties": False, "properties": properties}


def parse(field: Field, kind: str) -> dict[str, object]:
    """Return {"record": [...], "forward": [...], "custom": [...], "source": …}. Raises PolicyError."""
    known = ("record", "forward", "custom") if kind == "redact" else ("record", "forward")
    members = field.members(known)
    out: dict[str, object] = {"source": field.place}
    for reach in ("record", "forward"):
        if reach in members:
            out[reach] = [item.text() for item in members[reach].items()]
    if "custom" in members:
        out["custom"] = [_custom(item) for item in members["custom"].items()]
    return out


def _custom(field: Field) -> tuple[str, str, tuple[str, ...]]:
    import re

    members = field.members(("id", "pattern", "keywords"))
    for key in ("id", "pattern"):
        if key not in members:
            raise field.error(f"a detector needs `{key}`")
    pattern = members["pattern"].text()
    try:
        re.compile(pattern)
    except re.error as error:
        raise members["pattern"].error(f"not a regular expression: {error}") from error
    keywords = tuple(item.text() for item in members["keywords"].items()) if "keywords" in members else ()
    return members["id"].text(), pattern, keywords
