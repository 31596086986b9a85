"""One policy document to plain data. Pure: text in, a dictionary out that `marshal` can keep; off the hook lane.

A parsed document holds: name, revision, extends, relax, mode, default, on_opaque, sections {kind: compiled}, redact,
mask, limits, examples. Absent, null and empty mean the same for every key: the document has nothing to say there.
"""

from __future__ import annotations

from gateway.model.effects import BY_NAME
from gateway.policy import obligations
from gateway.policy.document_fields import Field
from gateway.policy.document_text import parse_text
from gateway.policy.entries import ENTRY_SCHEMA
from gateway.policy.limits import parse
from gateway.policy.rules import RULE_KINDS

SCHEMA_ID = "https://agent-strace.dev/schemas/agent-scope.schema.json"

_SCALARS = ("$schema", "version", "extends", "relax", "mode", "default", "on_opaque")
_SECTIONS = tuple(kind.KEY for kind in RULE_KINDS)
KEYS = (*_SCALARS, *_SECTIONS, "redact", "mask", "limits", "examples")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.model.compiled_policy import Document, Example


def parse_document(text: str, source: str, *, folded: bool = False) -> Document:
    """Return the compiled form of a policy document.

    Raises PolicyError with file, JSON pointer, line and a hint for anything the document cannot mean.
    """
    value, lines = parse_text(text, source)
    return compile_document(Field(value, "", source, lines), folded=folded)


def parse_value(value: object, source: str, *, folded: bool = False) -> Document:
    """Return the compiled form of a document that is already a value (it has no lines). Raises PolicyError."""
    return compile_document(Field(value, "", source, {}), folded=folded)


def compile_document(root: Field, *, folded: bool = False) -> Document:
    """Return the compiled form of the document at `root`. Raises PolicyError."""
    if not isinstance(root.value, dict):
        raise root.error("a policy is an object")
    members = root.members(KEYS)
    document: Document = {"name": root.source, "sections": {}}
    _read_settings(members, document)
    sections: Any = {
        kind.KEY: kind.parse(members[kind.KEY], folded=folded) for kind in RULE_KINDS if kind.KEY in members
    }
    document["sections"] = sections
    if "redact" in members:
        document["redact"] = obligations.parse(members["redact"], "redact")
    if "mask" in members:
        document["mask"] = obligations.parse(members["mask"], "mask")
    if "limits" in members:
        document["limits"] = parse.parse(members["limits"])
    if "examples" in members:
        document["examples"] = [_example(item) for item in members["examples"].items()]
    return document


def _read_settings(members: dict[str, Field], document: Document) -> None:
    """Put what the plain keys say into the document."""
    if "$schema" in members:
        members["$schema"].text()
    if "version" in members and members["version"].number() != 1:
        raise members["version"].error("this gateway knows version 1 only")
    if "extends" in members:
        document["extends"] = [(item.text(), item.place) for item in members["extends"].items()]
    if "relax" in members:
        document["relax"] = [(item.text(), item.place) for item in members["relax"].items()]
    if "mode" in members:
        document["shadow"] = members["mode"].choice("enforce", "observe") == "observe"
    if "default" in members:
        document["default"] = BY_NAME[members["default"].choice(*BY_NAME)]
        document["default_source"] = members["default"].place
    if "on_opaque" in members:
        document["on_opaque"] = BY_NAME[members["on_opaque"].choice(*BY_NAME)]
        document["on_opaque_source"] = members["on_opaque"].place


def _example(field: Field) -> Example:
    members = field.members(("call", "expect", "cwd", "rule"))
    for key in ("call", "expect"):
        if key not in members:
            raise field.error(f"an example needs `{key}`")
    call = members["call"].value
    if isinstance(call, dict):
        inner = members["call"].members(("tool", "input"))
        if "tool" not in inner:
            raise members["call"].error("a call needs `tool`")
        tool, given = inner["tool"].text(), inner["input"].value if "input" in inner else {}
    else:
        tool, given = split_call(members["call"])
    example: Example = {
        "tool": tool,
        "input": given,
        "expect": members["expect"].choice(*BY_NAME),
        "source": field.place,
    }
    if "cwd" in members:
        example["cwd"] = members["cwd"].text()
    if "rule" in members:
        example["rule"] = members["rule"].text()
    return example


def split_call(field: Field) -> tuple[str, object]:
    """Return (tool, text) of a call written as `Tool: text`. Raises PolicyError."""
    tool, colon, text = field.text().partition(":")
    if not colon or not tool.strip():
        raise field.error("expected `Tool: what it is given`", "for instance `Bash: rm -rf build`")
    return tool.strip(), text.strip()


def schema() -> dict[str, object]:
    """Return the JSON Schema of a policy document, generated from the rule kinds."""
    text = {"type": "string", "minLength": 1, "pattern": "\\S"}
    texts = {"type": ["array", "null"], "items": text}
    effect = {"enum": [*BY_NAME, None]}
    call = {
        "oneOf": [
            {"type": "string", "pattern": "^[^:]*[^:\\s][^:]*:"},
            {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {"tool": text, "input": {}},
            },
        ]
    }
    example = {
        "type": "object",
        "required": ["call", "expect"],
        "additionalProperties": False,
        "properties": {
            "call": call,
            "expect": {"enum": [*BY_NAME]},
            "cwd": {**text, "type": ["string", "null"]},
            "rule": {**text, "type": ["string", "null"]},
        },
    }
    properties: dict[str, object] = {
        "$schema": {"type": ["string", "null"], "minLength": 1, "pattern": "\\S"},
        "version": {"enum": [1, None]},
        "extends": {**texts, "description": "packs by name, or files; the strictest wins across all layers"},
        "relax": {**texts, "description": "ids of baseline entries that this managed or user file takes back"},
        "mode": {
            "enum": ["enforce", "observe", None],
            "description": "observe: record what this document would refuse, refuse nothing for it",
        },
        "default": {**effect, "description": "for an action that no rule matches"},
        "on_opaque": {**effect, "description": "for an action we cannot see inside"},
        **{kind.KEY: kind.schema() for kind in RULE_KINDS},
        "redact": obligations.schema("redact"),
        "mask": obligations.schema("mask"),
        "limits": parse.schema(),
        "examples": {"type": ["array", "null"], "items": example},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "agent-strace gateway policy (.agent-scope.json)",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": {"entry": ENTRY_SCHEMA},
    }
