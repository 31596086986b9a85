"""`mcp`: what holds for one MCP server: its tools, conditions on their arguments, what their arguments are. Pure."""

from __future__ import annotations

from gateway.model.action import USE
from gateway.model.decision import Reason
from gateway.model.effects import BY_NAME
from gateway.policy.command_words import word_matches, word_pattern
from gateway.policy.request_view import Sight, subject
from gateway.policy.rules import tools
from gateway.policy.rules.reasons import Layer, is_live, speak

KEY = "mcp"

PREFIX = "mcp__"
EFFECT_VERBS = ("read", "write", "list", "search", "delete", "run", "connect", "opaque", "text", "base")
"""What an argument can be: a path that is read, written, listed, searched, deleted; a command; a host; code; text; the
base of paths.
"""
AS = "as"
"""The commands a tool stands for, whatever its arguments."""
_CONDITION = ("tool", "argument", "match", "effect", "id", "reason", "hint", "mode", "expires")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from gateway.model.compiled_policy import Entry, ServerRules
    from gateway.policy.document_fields import Field


def schema() -> dict[str, object]:
    """Return the JSON Schema of the section."""
    from gateway.policy.entries import ENTRY_SCHEMA, lists_schema

    text = {"type": "string", "minLength": 1, "pattern": "\\S"}
    shared: dict[str, object] = ENTRY_SCHEMA["oneOf"][1]["properties"]  # type: ignore[index]
    condition = {
        "type": "object",
        "required": ["tool", "argument", "match"],
        "additionalProperties": False,
        "properties": {
            "tool": {**text, "description": "tool name, with wildcards"},
            "argument": {
                "type": "string",
                "pattern": "^(/.*)?$",
                "description": "JSON pointer into the arguments; `*` is any item",
            },
            "match": {**text, "description": "pattern that the value, as text, is compared with"},
            "effect": {"enum": ["allow", "ask", "deny", None], "description": "deny, unless said otherwise"},
            **{key: shared[key] for key in ("id", "reason", "hint", "mode", "expires")},
        },
    }
    pointers = {"type": ["array", "null"], "items": {"type": "string", "pattern": "^(/.*)?$"}}
    commands = {"type": ["array", "null"], "items": text, "description": "the commands that the tool stands for"}
    members = {**dict.fromkeys(EFFECT_VERBS, pointers), AS: commands}
    effects = {"type": ["object", "null"], "additionalProperties": False, "properties": members}
    server = {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            "tools": lists_schema("which of its tools may be used"),
            "arguments": {
                "type": ["array", "null"],
                "items": condition,
                "description": "conditions on the values of arguments",
            },
            "effects": {
                "type": ["object", "null"],
                "additionalProperties": effects,
                "description": "which argument of which tool is a path, command or host",
            },
            "pin": {"type": ["boolean", "null"], "description": "refuse a tool whose definition changed"},
            "hide_denied": {"type": ["boolean", "null"], "description": "leave denied tools out of tools/list"},
        },
    }
    servers = {"type": ["object", "null"], "additionalProperties": server}
    return {
        "type": ["object", "null"],
        "description": "MCP servers",
        "additionalProperties": False,
        "properties": {"servers": servers},
    }


def parse(field: Field, *, folded: bool = False) -> dict[str, ServerRules]:
    """Return {server: {"tools", "arguments", "effects", "pin", "hide_denied"}}. Raises PolicyError."""
    del folded
    members = field.members(("servers",))
    if "servers" not in members:
        return {}
    return {name: _server(at) for name, at in members["servers"].free_members().items()}


def _server(field: Field) -> ServerRules:
    members = field.members(("tools", "arguments", "effects", "pin", "hide_denied"))
    out: ServerRules = {}
    if "tools" in members:
        out["tools"] = tools.parse(members["tools"])
    if "arguments" in members:
        out["arguments"] = [_condition(item) for item in members["arguments"].items()]
    if "effects" in members:
        out["effects"] = {tool: _effects(at) for tool, at in members["effects"].free_members().items()}
    flags: tuple[Literal["pin", "hide_denied"], ...] = ("pin", "hide_denied")
    for key in flags:
        if key in members:
            out[key] = members[key].flag()
    return out


def _condition(field: Field) -> Entry:
    from gateway.policy.entries import last_second

    members = field.members(_CONDITION)
    for needed in ("tool", "argument", "match"):
        if needed not in members:
            raise field.error(f"a condition needs `{needed}`")
    effect = members["effect"].choice(*BY_NAME) if "effect" in members else "deny"
    entry: Entry = {
        "match": members["match"].text(),
        "rule": field.path,
        "source": field.place,
        "effect": BY_NAME[effect],
        "name": word_pattern(members["tool"].text().lower()),
        "pattern": word_pattern(members["match"].text()),
        "pointer": _pointer(members["argument"]),
    }
    texts: tuple[Literal["id", "reason", "hint"], ...] = ("id", "reason", "hint")
    for key in texts:
        if key in members:
            entry[key] = members[key].text()
    if "mode" in members and members["mode"].choice("enforce", "observe") == "observe":
        entry["shadow"] = True
    if "expires" in members:
        entry["expires"] = last_second(members["expires"])
    return entry


def _pointer(field: Field) -> list[str]:
    if not isinstance(field.value, str) or (field.value and not field.value.startswith("/")):
        raise field.error("expected a JSON pointer", "it starts with `/`, like `/path`")
    return [step.replace("~1", "/").replace("~0", "~") for step in field.value.split("/")[1:]]


def _effects(field: Field) -> dict[str, list[list[str]]]:
    members = field.members((*EFFECT_VERBS, AS))
    return {
        verb: [[item.text()] if verb == AS else _pointer(item) for item in at.items()] for verb, at in members.items()
    }


def judge(section: dict[str, ServerRules], sight: Sight, layer: Layer) -> list[Reason]:
    """Return what the section says of the tool and its arguments."""
    reasons: list[Reason] = []
    for index, action in enumerate(sight.actions):
        if action.verb != USE or not action.target.startswith(PREFIX):
            continue
        for server, rules in section.items():
            if "tools" not in rules and "arguments" not in rules:
                continue
            head = f"{PREFIX}{server}__"
            if action.target.lower().startswith(head.lower()):
                name = action.target[len(head) :]
                reasons += _judge_server(rules, name, index, sight, layer)
    return reasons


def _judge_server(rules: ServerRules, name: str, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    reasons = tools.judge_name(rules["tools"], name, index, sight, layer) if "tools" in rules else []
    for entry in rules.get("arguments", ()):
        if not is_live(entry, layer) or not word_matches(entry["name"], name.lower()):
            continue
        values = pick(sight.call.arguments, entry["pointer"])
        if any(word_matches(entry["pattern"], as_text(value)) for value in values):
            pointer = "/" + "/".join(entry["pointer"])
            reasons.append(
                speak(entry["effect"], entry, f"{subject(sight.actions[index])} with this `{pointer}`", index, layer)
            )
    return reasons


def pick(value: object, pointer: list[str]) -> list[object]:
    """Return the values a JSON pointer names; the step `*` names every member or item."""
    found = [value]
    for step in pointer:
        following: list[object] = []
        for item in found:
            if isinstance(item, dict):
                following += list(item.values()) if step == "*" else [item[step]] if step in item else []
            elif isinstance(item, list):
                following += (
                    item if step == "*" else [item[int(step)]] if step.isdigit() and int(step) < len(item) else []
                )
        found = following
    return found


def as_text(value: object) -> str:
    """Return a JSON scalar as people write it; containers as the text of their leaves."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, list):
        return " ".join(as_text(item) for item in value)
    if isinstance(value, dict):
        return " ".join(as_text(item) for item in value.values())
    return str(value)
