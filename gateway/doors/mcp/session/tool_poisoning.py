"""Poison: what has no place in the definition of a tool: hidden characters, orders to the model, things it should not
reach for. Pure.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_STRINGS = 5_000

_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_LOOKS = (
    ("a comment that readers do not see", re.compile(r"<!--")),
    (
        "an order to the model",
        re.compile(
            r"(?i)\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|other|all)\b.{0,20}\b(?:instruction|rule|prompt|message)"
            r"|<\s*/?\s*(?:important|system|secret|instructions?)\s*>"
            r"|\b(?:do not|don't|never)\s+(?:tell|mention|inform|show|reveal|notify|alert)\b.{0,30}\buser\b"
            r"|\bwithout\s+(?:telling|informing|asking|notifying)\b.{0,20}\buser\b"
            r"|\b(?:before|prior to)\s+(?:using|calling)\s+(?:this|any)\b.{0,40}\b(?:read|call|send|fetch)\b"
            r"|\bsystem prompt\b"
        ),
    ),
    (
        "a credential's place",
        re.compile(
            r"(?i)(?:~|\$HOME|/root|/home/[^/\s]+)/\.(?:ssh|aws|gnupg|kube|netrc|npmrc|docker)\b|\bid_(?:rsa|ed25519)\b|\.cursor/mcp\.json"
        ),
    ),
    ("a long encoded block", re.compile(r"[A-Za-z0-9+/]{120,}={0,2}")),
)
_SECRET_NAMES = re.compile(r"(?i)password|passwd|secret|token|api_?key|credential|private_?key")


def findings(definition: object) -> tuple[str, ...]:
    """Return what is wrong with a definition, each kind once, with where it stands."""
    findings: dict[str, str] = {}
    for where, text in _strings(definition):
        if _HIDDEN.search(text):
            findings.setdefault("hidden characters", where)
        for name, look in _LOOKS:
            if name not in findings and look.search(text):
                findings[name] = where
    for where in _leaking(definition):
        findings.setdefault("a secret that would be sent as a header", where)
    return tuple(f"{name} in `{where}`" for name, where in findings.items())


def _strings(value: object) -> Iterator[tuple[str, str]]:
    """Yield (place, string) for every key and value, outermost first."""
    todo: list[tuple[str, object]] = [("", value)]
    count = 0
    while todo and count < MAX_STRINGS:
        place, entry = todo.pop()
        if isinstance(entry, str):
            count += 1
            yield place or "/", entry
        elif isinstance(entry, dict):
            for key, item in entry.items():
                yield f"{place}/{key}"[:100], str(key)
                todo.append((f"{place}/{key}"[:100], item))
        elif isinstance(entry, list):
            todo += [(place, item) for item in entry]


def _leaking(definition: object) -> Iterator[str]:
    """Yield parameters with a secret's name that the definition wants mirrored into a header, where logs keep them."""
    schema = definition.get("inputSchema") if isinstance(definition, dict) else None
    properties = schema.get("properties") if isinstance(schema, dict) else None
    for name, property_ in (properties or {}).items() if isinstance(properties, dict) else ():
        if isinstance(property_, dict) and "x-mcp-header" in property_ and _SECRET_NAMES.search(name):
            yield f"/inputSchema/properties/{name}"
