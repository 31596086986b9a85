"""`limits`: how much a session may do. Pure; parsing is off the hook lane, judging is a rule like the others."""

from __future__ import annotations

from gateway.model.effects import BY_NAME
from gateway.policy.document_fields import Field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import Limit

COUNTS = ("tool_calls", "cost_usd", "tokens", "retries", "errors", "files_modified", "context_pct")
EFFECTS = ("ask", "deny", "stop")

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

_NUMBER = {"type": "number", "minimum": 0}
_SPAN = {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?[smhd]$", "description": "30s, 5m, 2h, 1d"}


def schema() -> dict[str, object]:
    """Return the JSON Schema of the section."""
    effect = {"enum": [*EFFECTS, None]}

    def limit(value: dict[str, object]) -> dict[str, object]:
        options = {
            "type": "object",
            "required": ["max"],
            "additionalProperties": False,
            "properties": {"max": value, "effect": effect},
        }
        return {"oneOf": [value, options, {"type": "null"}]}

    per_tool = {
        "type": "object",
        "required": ["calls"],
        "additionalProperties": False,
        "properties": {"calls": _NUMBER, "per": {"oneOf": [_SPAN, {"type": "null"}]}, "effect": effect},
    }
    loop = {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            "length": {"type": ["integer", "null"], "minimum": 1, "maximum": 20},
            "repeats": {"type": ["integer", "null"], "minimum": 2, "maximum": 1000},
            "effect": effect,
        },
    }
    properties: dict[str, object] = {name: limit(_NUMBER) for name in COUNTS}
    properties["duration"] = limit({"oneOf": [_NUMBER, _SPAN]})
    properties["loop"] = loop
    properties["per_tool"] = {"type": ["object", "null"], "additionalProperties": per_tool}
    return {
        "type": ["object", "null"],
        "description": "how much a session may do",
        "additionalProperties": False,
        "properties": properties,
    }


def parse(field: Field) -> list[Limit]:
    """Return one plain dictionary a limit: name, max, effect, rule, source and what is its own. Raises PolicyError."""
    out: list[Limit] = []
    for name, member in field.members((*COUNTS, "duration", "loop", "per_tool")).items():
        if name == "loop":
            out.append(_loop(member))
        elif name == "per_tool":
            out += [_per_tool(tool, at) for tool, at in member.free_members().items()]
        else:
            out.append(_limit(name, member))
    return out


def _named(name: str, field: Field, largest: float, effect: str = "deny") -> Limit:
    return {
        "name": name,
        "max": largest,
        "rule": field.path,
        "source": field.place,
        "effect": BY_NAME.get(effect, 2),
        "stop": effect == "stop",
    }


def _limit(name: str, field: Field) -> Limit:
    if isinstance(field.value, dict):
        members = field.members(("max", "effect"))
        if "max" not in members:
            raise field.error("a limit needs `max`")
        effect = members["effect"].choice(*EFFECTS) if "effect" in members else "deny"
        return _named(name, field, _amount(name, members["max"]), effect)
    return _named(name, field, _amount(name, field))


def _amount(name: str, field: Field) -> float:
    return seconds(field) if name == "duration" and isinstance(field.value, str) else field.number()


def seconds(field: Field) -> float:
    """Return the seconds that `30s`, `5m`, `2h` or `1d` names. Raises PolicyError."""
    text = field.text()
    number, unit = text[:-1], text[-1:]
    if (
        unit not in _UNITS
        or not number.replace(".", "", 1).isdigit()
        or not number.isascii()
        or number.startswith(".")
        or number.endswith(".")
    ):
        raise field.error(f"not a duration: `{text}`", "write 30s, 5m, 2h or 1d")
    return float(number) * _UNITS[unit]


def _loop(field: Field) -> Limit:
    members = field.members(("length", "repeats", "effect"))
    effect = members["effect"].choice(*EFFECTS) if "effect" in members else "deny"
    numbers = {}
    for key, default, low, high in (("length", 3, 1, 20), ("repeats", 3, 2, 1000)):
        value = members[key].number() if key in members else default
        if value != int(value) or not low <= value <= high:
            raise members[key].error(f"expected a whole number from {low} to {high}")
        numbers[key] = int(value)
    return {
        **_named("loop", field, numbers["repeats"], effect),
        "length": numbers["length"],
        "repeats": numbers["repeats"],
    }


def _per_tool(tool: str, field: Field) -> Limit:
    if field.value is None:
        raise field.error("expected an object, found null")
    members = field.members(("calls", "per", "effect"))
    if "calls" not in members:
        raise field.error("a limit of a tool needs `calls`")
    effect = members["effect"].choice(*EFFECTS) if "effect" in members else "deny"
    window = seconds(members["per"]) if "per" in members else 0.0
    return {**_named("per_tool", field, members["calls"].number(), effect), "tool": tool, "window": window}
