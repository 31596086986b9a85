"""What `watch` watches for: the limits of the policy, of a rules file and of the command line, and what is done when
one is reached.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gateway.model.errors import PolicyError
from gateway.policy.document_fields import Field
from gateway.policy.document_text import parse_text
from gateway.policy.limits.parse import parse as parse_limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import Limit
    from gateway.model.json_text import JsonObject

ACTIONS = ("alert", "pause", "stop")
"""What may be done with the agent's process when a limit is reached; a limit whose effect is `stop` stops it whatever
stands here.
"""

_OWN = ("version", "limits", "on_violation", "alert")
_PUBLISHED = ("watchers", "webhook", "max_context_pct", "operation_rules", "built_in_rules", "cognitive_debt_threshold")
_WATCHERS = {
    "retry": ("max", "retries", 1),
    "cost": ("max_dollars", "cost_usd", 1),
    "duration": ("max_minutes", "duration", 60),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What to watch for, and where to tell of it."""

    limits: tuple[Limit, ...] = ()
    action: str = "alert"
    file: str = ""
    webhook: str = ""
    ignored: tuple[str, ...] = field(default=())


def rules_in(text: str, source: str) -> Rules:
    """Return the rules of a YAML or JSON document; the published tool's `watch --config` is one, too. Raises
    PolicyError.
    """
    value, lines = parse_text(text, source)
    root = Field(value, "", source, lines)
    members = root.members((*_OWN, *_PUBLISHED))
    rules = Rules()
    if "limits" in members:
        rules = replace(rules, limits=tuple(_enforced(limit) for limit in parse_limits(members["limits"])))
    if "on_violation" in members:
        rules = replace(rules, action=members["on_violation"].choice(*ACTIONS))
    if "alert" in members:
        alert = members["alert"].members(("file", "webhook"))
        rules = replace(
            rules,
            file=alert["file"].text() if "file" in alert else "",
            webhook=alert["webhook"].text() if "webhook" in alert else "",
        )
    return _published(rules, members)


def _published(rules: Rules, members: dict[str, Field]) -> Rules:
    """Return the rules with what a configuration of the published tool adds."""
    section: JsonObject = {}
    if "watchers" in members:
        for name, member in members["watchers"].members((*_WATCHERS, "loop", "scope")).items():
            if name in _WATCHERS:
                key, limit, unit = _WATCHERS[name]
                options = member.members((key, "alert"))
                if key in options:
                    section[limit] = options[key].number() * unit
            elif name == "loop":
                section["loop"] = _loop(member)
    if "max_context_pct" in members:
        section["context_pct"] = members["max_context_pct"].number()
    if "webhook" in members:
        hook = members["webhook"].members(("url",))
        rules = replace(rules, webhook=hook["url"].text() if "url" in hook else rules.webhook)
    ignored = tuple(
        name for name in ("operation_rules", "built_in_rules", "cognitive_debt_threshold") if name in members
    )
    return replace(rules, limits=(*rules.limits, *limits_of(section, "rules")), ignored=ignored)


def _loop(field: Field) -> JsonObject:
    options = field.members(("identical_calls", "threshold", "max_repeats", "window", "sequence_length"))
    repeats = next(
        (options[key].number() for key in ("max_repeats", "threshold", "identical_calls") if key in options), 3
    )
    return {
        "length": int(options["sequence_length"].number()) if "sequence_length" in options else 1,
        "repeats": max(2, int(repeats)),
    }


def limits_of(section: JsonObject, source: str) -> tuple[Limit, ...]:
    """Return the limits of a plain section, as a policy would have them. Raises PolicyError."""
    return tuple(_enforced(limit) for limit in parse_limits(Field(section, "/limits", source, {})))


def _enforced(limit: Limit) -> Limit:
    return {**limit, "shadow": False}


def loop_of(text: str) -> dict[str, int]:
    """Return the loop that `LENGTHxREPEATS` names: `3x3`, three calls three times over. Raises PolicyError."""
    length, _, repeats = text.partition("x")
    if not (length.isdigit() and repeats.isdigit()):
        raise PolicyError(f"not a loop: `{text}`", "write LENGTHxREPEATS, for instance 3x3")
    return {"length": int(length), "repeats": int(repeats)}
