"""Pinning: what a tool's definition is, as digests, and what of it has changed. Pure."""

from __future__ import annotations

from gateway.model.digest import plain_digest
from gateway.model.json_text import dumps, dumps_ascii
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Definition = dict[str, Any]

DESCRIPTION = ("title", "description")
SCHEMA = ("inputSchema", "outputSchema")


class Pin(Record):
    """The digests of one definition: of all of it, of what the model reads first, of the schemas."""

    __slots__ = ("description", "schema", "whole")

    def __init__(self, whole: str, description: str, schema: str) -> None:
        self.whole = whole
        self.description = description
        self.schema = schema


def canonical(value: object) -> bytes:
    """Return a JSON value in one form whatever its white space, escapes and order of keys (after RFC 8785)."""
    try:
        return dumps(value, sort_keys=True).encode()
    except UnicodeEncodeError:
        return dumps_ascii(value, sort_keys=True).encode()


def pin_of(definition: Definition) -> Pin:
    """Return the pin of a definition as the server lists it."""
    return Pin(
        plain_digest(canonical(definition)),
        plain_digest(canonical({key: definition.get(key) for key in DESCRIPTION})),
        plain_digest(canonical({key: definition.get(key) for key in SCHEMA})),
    )


def difference(before: Pin, now: Pin) -> str:
    """Return what differs between two pins, in words; "" when nothing does."""
    if before.whole == now.whole:
        return ""
    parts = ["its description"] * (before.description != now.description) + ["its schema"] * (
        before.schema != now.schema
    )
    return " and ".join(parts) or "something other than its description and schema"
