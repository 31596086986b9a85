"""`flows`: what may flow where inside one call, as `source -> sink`. Pure.

"Pipe the network into a shell" and "send .env away" are statements about flows, not lists of commands.
"""

from __future__ import annotations

from gateway.model.action import CONNECT, FROM_FILE, RUN
from gateway.model.decision import Reason
from gateway.model.effects import ASK, DENY
from gateway.model.later import Later
from gateway.policy.request_view import Sight, subject
from gateway.policy.rules.reasons import Layer, is_live, speak

KEY = "flows"

SOURCES = ("network", "decoder", "file", "secret", "environment", "unknown")
SINKS = ("interpreter", "network")
"""`secret` is a file labelled as one; `network` as a sink is any host but this machine."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import EntryLists
    from gateway.policy import hosts
    from gateway.policy.document_fields import Field
else:
    hosts = Later("gateway.policy.hosts")


def schema() -> dict[str, object]:
    """Return the JSON Schema of the section."""
    from gateway.policy.entries import LIST_SCHEMA

    return {
        "type": ["object", "null"],
        "description": "what may flow where inside one call: `source -> sink`,"
        f" sources {', '.join(SOURCES)}, sinks {', '.join(SINKS)}",
        "additionalProperties": False,
        "properties": {"ask": LIST_SCHEMA, "deny": LIST_SCHEMA},
    }


def parse(field: Field, *, folded: bool = False) -> EntryLists:
    """Return the compiled section. Raises PolicyError for an entry that is no flow."""
    from gateway.policy.document_fields import did_you_mean
    from gateway.policy.entries import parse_lists

    del folded
    section: EntryLists = {}
    for name, entries in parse_lists(field, ("ask", "deny")).items():
        for number, entry in enumerate(entries):
            at = field.at(name).at(number)
            source, arrow, sink = (part.strip() for part in entry["match"].partition("->"))
            if not arrow:
                raise at.error(f"expected `source -> sink`, found `{entry['match']}`")
            for word, known in ((source, SOURCES), (sink, SINKS)):
                if word not in known:
                    raise at.error(f"unknown end of a flow `{word}`", did_you_mean(word, known))
            entry["ends"] = (source, sink)
        if entries:
            section[name] = {"entries": entries, "source": field.at(name).place}
    return section


def judge(section: EntryLists, sight: Sight, layer: Layer) -> list[Reason]:
    """Return what the section says of every flow inside the call."""
    reasons: list[Reason] = []
    for index, action in enumerate(sight.actions):
        sink = _sink(index, sight)
        if not sink or not action.carries:
            continue
        kinds = _kinds(action.carries, sight)
        for effect, name in ((DENY, "deny"), (ASK, "ask")):
            for entry in section[name]["entries"] if name in section else ():
                source, wanted = entry["ends"]
                if wanted == sink and source in kinds and is_live(entry, layer):
                    text = f"{subject(action)} with what came from {kinds[source]}"
                    reasons.append(speak(effect, entry, text, index, layer))
    return reasons


def _sink(index: int, sight: Sight) -> str:
    action = sight.actions[index]
    if action.verb == RUN:
        return "interpreter"
    if action.verb == CONNECT and not hosts.is_loopback(sight.host(index).name):
        return "network"
    return ""


def _kinds(carries: tuple[str, ...], sight: Sight) -> dict[str, str]:
    """Return {kind of source: one of that kind, to show}."""
    kinds: dict[str, str] = {}
    for source in carries:
        kind, _, detail = source.partition(":")
        kinds.setdefault(kind, f"`{detail}`" if detail else f"the {kind}")
        if kind == FROM_FILE and sight.is_secret(detail):
            kinds.setdefault("secret", f"`{detail}`")
    return kinds
