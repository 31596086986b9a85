"""`redact` and `mask`: what must be removed from the record, and from what is passed on. Pure; off the hook lane."""

from __future__ import annotations

import re

from gateway.policy.backtracking import danger
from gateway.policy.document_fields import Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import Removal

_ID = re.compile(r"^[a-z0-9][a-z0-9._-]*$")
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
                "id": {
                    "type": "string",
                    "pattern": _ID.pattern,
                    "description": "what its marks call it: `[REDACTED:id:…]`",
                },
                "pattern": {
                    "type": "string",
                    "minLength": 1,
                    "pattern": "\\S",
                    "description": "a Python regular expression",
                },
                "keywords": {**_NAMES, "description": "the pattern is only tried where one of these stands"},
                "examples": {**_NAMES, "description": "texts in which it must find something"},
                "near_misses": {**_NAMES, "description": "texts in which it must find nothing"},
            },
        },
    }
    properties: dict[str, object] = {
        "record": {**_NAMES, "description": "what is removed from the record: `secrets`, `pii` or detector ids"},
        "forward": {
            **_NAMES,
            "description": "what is removed from what is passed on to the tool and back to the agent",
        },
    }
    if kind == "redact":
        properties["custom"] = custom
    return {
        "type": ["object", "null"],
        "description": f"{kind}: two reaches",
        "additionalProperties": False,
        "properties": properties,
    }


_HOW = (
    "write it so that each text can be matched in one way only: `a+` for `(a+)+`, a possessive `a++`, or an upper bound"
)


def parse(field: Field, kind: str) -> Removal:
    """Return {"record": [...], "forward": [...], "custom": [...], "source": …}. Raises PolicyError."""
    known = ("record", "forward", "custom") if kind == "redact" else ("record", "forward")
    members = field.members(known)
    out: Removal = {"source": field.place}
    if "record" in members:
        out["record"] = [item.text() for item in members["record"].items()]
    if "forward" in members:
        out["forward"] = [item.text() for item in members["forward"].items()]
    if "custom" in members:
        out["custom"] = [_custom(item) for item in members["custom"].items()]
    return out


def _custom(field: Field) -> tuple[str, str, tuple[str, ...]]:
    """Return (id, pattern, keywords) of a detector, its evidence tried. Raises PolicyError."""
    members = field.members(("id", "pattern", "keywords", "examples", "near_misses"))
    for key in ("id", "pattern"):
        if key not in members:
            raise field.error(f"a detector needs `{key}`")
    name, pattern = members["id"].text(), members["pattern"].text()
    if not _ID.fullmatch(name):
        raise members["id"].error(f"`{name}` cannot stand in a mark", "lower-case letters, digits, `-`, `_` and `.`")
    problem = danger(pattern)
    if problem:
        # Refused when the policy is read, not when a text is: a pattern that takes for ever is no policy, and each call
        # would wait for it.
        raise members["pattern"].error(
            f"the pattern of detector `{name}` {problem}", _HOW if "not a regular" not in problem else ""
        )
    compiled = re.compile(pattern)
    if compiled.fullmatch(""):
        raise members["pattern"].error("matches a text with nothing in it")
    keywords = tuple(item.text() for item in members["keywords"].items()) if "keywords" in members else ()
    for key, wanted in (("examples", True), ("near_misses", False)):
        for item in members[key].items() if key in members else ():
            text = item.text()
            found = (not keywords or any(word in text for word in keywords)) and compiled.search(text) is not None
            if found is not wanted:
                raise item.error(f"detector `{name}` finds {'nothing' if wanted else 'something'} here")
    return name, pattern, keywords
