"""One policy document to plain data. Pure: text in, a dictionary out that `marshal` can keep; off the hook lane.

A parsed document holds: name, revision, extends, relax, mode, default, on_opaque, sections {kind: compiled}, redact, mask,
limits, examples. Absent, null and empty mean the same for every key: the document has nothing to say there.
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


def parse_document(text: str, source: str, *, folded: bool = False) -> dict[str, Any]:
    """Return the compiled form of a policy document.

    Raises PolicyError with file, JSON pointer, line and a hint for anything the document cannot mean.
    """
    value, lines = parse_text(text, source)
    return compile_document(Field(value, "", source, lines), folded=folded)


def parse_value(value: object, source: str, *, folded: bool = False) -> dict[str, Any]:
    """Return the compiled form of a document that is already a value (it has no lines). Raises PolicyError."""
    return compile_document(Field(value, "", source, {}), folded=folded)


def compile_document(root: Field, *, folded: bool = False) -> dict[str, Any]:
    """Return the compiled form of the document at `root`. Raises PolicyError."""
    if not isinstance(root.value, dict):
        raise root.error("a policy is an object")
    members = root.members(KEYS)
    return {
        "name": root.source,
        **_settings(members),
        "sections": {kind.KEY: kind.parse(members[kind.KEY], folded=folded) for kind in RULE_KINDS if kind.KEY in members},
        **{key: obligations.parse(members[key], key) for key in ("redact", "mask") if key in members},
        **({"limits": parse.parse(members["limits"])} if "limits" in members else {}),
        **({"examples": [_example(item) for item in members["examples"].items()]} if "examples" in members else {}),
    }


def _settings(members: dict[str, Field]) -> dict[str, Any]:
    """Return what the plain keys of a document say."""
    said: dict[str, Any] = {}
    if "$schema" in members:
        members["$schema"].text()
    if "version" in members and members["version"].number() != 1:
        raise members["version"].error("this gateway knows version 1 only")
    for key in ("extends", "relax"):
        if key in members:
            said[key] = [(item.text(), item.place) for item in members[key].items()]
    if "mode" in members:
        said["shadow"] = members["mode"].choice("enforce", "observe") == "observe"
    for key in ("default", "on_opaque"):
        if key in members:
            said[key] = BY_NAME[members[key].choice(*BY_NAME)]
            said[key + "_source"] = members[key].place
    return said


def _example(field: Field) -> dict[str, Any]:
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
    example: dict[str, Any] = {"tool": tool, "input": given, "expect": members["expect"].choice(*BY_NAME), "source": field.place}
    for key in ("cwd", "rule"):
        if key in members:
            example[key] = members[key].text()
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
            {"type": "object", "required": ["tool"], "additionalProperties": False, "properties": {"tool": text, "input": {}}},
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
        "mode": {"enum": ["enforce", "observe", None], "description": "observe: record what this document would refuse, refuse nothing for it"},
        "default": {**effect, "description": "for an action that no rule speaks to"},
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
