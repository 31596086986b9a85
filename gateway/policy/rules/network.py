"""`network`: which hosts may be contacted. Pure; hosts are judged in their canonical form only."""

from __future__ import annotations

from gateway.model.action import CONNECT, UNKNOWN
from gateway.model.decision import Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.later import Later
from gateway.policy.request_view import Sight, subject
from gateway.policy.rules.reasons import Layer, cannot_tell, is_live, not_listed, speak

KEY = "network"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import EffectName, EntryList, NetworkSection
    from gateway.policy import hosts
    from gateway.policy.document_fields import Field
else:
    hosts = Later("gateway.policy.hosts")


def schema() -> dict[str, object]:
    """Return the JSON Schema of the section."""
    from gateway.policy.entries import LIST_SCHEMA

    lists = dict.fromkeys(("allow", "ask", "deny"), LIST_SCHEMA)
    deny_all = {"type": ["boolean", "null"], "description": "deny every host that `allow` does not list"}
    return {
        "type": ["object", "null"],
        "description": "which hosts may be contacted",
        "additionalProperties": False,
        "properties": {"deny_all": deny_all, **lists},
    }


def parse(field: Field, *, folded: bool = False) -> NetworkSection:
    """Return the compiled section. Raises PolicyError for an entry that names no host."""
    from gateway.policy.entries import parse_entry

    del folded
    section: NetworkSection = {}
    members = field.members(("deny_all", "allow", "ask", "deny"))
    names: tuple[EffectName, ...] = ("allow", "ask", "deny")
    for name in names:
        if name not in members:
            continue
        entries = []
        for item in members[name].items():
            entry = parse_entry(item)
            try:
                entry["host"] = hosts.compile_host(entry["match"])
                if "unless" in entry:
                    entry["unless"] = [hosts.compile_host(text) for text in entry["unless"]]
            except ValueError as error:
                raise item.error(f"not a host: `{entry['match']}`: {error}") from error
            entries.append(entry)
        if entries:
            section[name] = {"entries": entries, "source": members[name].place}
    if "deny_all" in members:
        section["deny_all"] = members["deny_all"].flag()
        section["source"] = members["deny_all"].place
    return section


def judge(section: NetworkSection, sight: Sight, layer: Layer) -> list[Reason]:
    """Return what the section says of every host the call contacts."""
    reasons: list[Reason] = []
    for index, action in enumerate(sight.actions):
        if action.verb == CONNECT:
            reasons += _judge_host(section, index, sight, layer)
    return reasons


def _judge_host(section: NetworkSection, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    host = sight.host(index)
    text = subject(sight.actions[index])
    closed = section.get("deny_all", "allow" in section)
    if host.bad or not host.name:
        problem = host.bad or "no host in it"
        return [
            Reason(
                DENY,
                "network",
                f"{text} is denied: {problem}",
                source=section.get("source", ""),
                action=index,
                shadow=layer.shadow,
            )
        ]
    unknown = UNKNOWN in host.name
    reasons: list[Reason] = []
    for effect, name, listed in ((DENY, "deny", section.get("deny")), (ASK, "ask", section.get("ask"))):
        for entry in listed["entries"] if listed else ():
            if not is_live(entry, layer) or (
                not unknown and any(hosts.host_matches(other, host) for other in entry.get("unless", ()))
            ):
                continue
            if not unknown and hosts.host_matches(entry["host"], host):
                reasons.append(speak(effect, entry, text, index, layer))
            elif unknown and not layer.builtin and hosts.host_may_match(entry["host"], host):
                reasons.append(cannot_tell(f"network.{name}", entry["source"], text, index, layer))
    if closed:
        reasons.append(_judge_closed(section, index, sight, layer))
    return reasons


def _judge_closed(section: NetworkSection, index: int, sight: Sight, layer: Layer) -> Reason:
    host = sight.host(index)
    text = subject(sight.actions[index])
    nothing: EntryList = {"entries": [], "source": ""}
    listed = section.get("allow", nothing)
    rule = "network.deny_all" if section.get("deny_all") else "network.allow"
    source = section.get("source") or listed["source"]
    live = [entry for entry in listed["entries"] if is_live(entry, layer)]
    if UNKNOWN in host.name:
        if any(hosts.host_may_match(entry["host"], host) for entry in live):
            return cannot_tell(rule, source, text, index, layer)
    else:
        for entry in live:
            if hosts.host_matches(entry["host"], host) and not any(
                hosts.host_matches(other, host) for other in entry.get("unless", ())
            ):
                return speak(ALLOW, entry, text, index, layer)
    reason = not_listed("network.allow", source, text, index, layer)
    return Reason(DENY, rule, reason.text, source=source, hint=reason.hint, action=index, shadow=layer.shadow)
