"""`tools`: which tools may be used at all, by name. Pure.

Deny and ask compare names without regard to case, allow exactly: MCP names are case-sensitive, people are not.
"""

from __future__ import annotations

from gateway.model.action import USE
from gateway.model.decision import Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.policy.command_words import word_matches, word_pattern
from gateway.policy.request_view import Sight, subject
from gateway.policy.rules.reasons import Layer, is_live, not_listed, speak

KEY = "tools"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import Entry, EntryLists
    from gateway.policy.document_fields import Field


def schema() -> dict[str, object]:
    """Return the JSON Schema of the section."""
    from gateway.policy.entries import lists_schema

    return lists_schema("which tools may be used, by name; `*`, `?` and classes as in file names")


def parse(field: Field, *, folded: bool = False) -> EntryLists:
    """Return the compiled section. Raises PolicyError."""
    from gateway.policy.entries import parse_lists

    del folded
    section: EntryLists = {}
    for name, entries in parse_lists(field).items():
        for entry in entries:
            exact = name == "allow"
            entry["name"] = word_pattern(entry["match"] if exact else entry["match"].lower())
            if "unless" in entry:  # as narrow as an allow entry; what an allow entry excepts is as wide as a deny
                entry["unless"] = [word_pattern(text.lower() if exact else text) for text in entry["unless"]]
        if entries:
            section[name] = {"entries": entries, "source": field.at(name).place}
    return section


def judge(section: EntryLists, sight: Sight, layer: Layer) -> list[Reason]:
    """Return what the section says of the tool."""
    reasons: list[Reason] = []
    for index, action in enumerate(sight.actions):
        if action.verb == USE:
            reasons += judge_name(section, action.target, index, sight, layer)
    return reasons


def judge_name(section: EntryLists, tool: str, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    """Return what lists of tool names say of one name."""
    text = subject(sight.actions[index])
    reasons: list[Reason] = []
    for effect, name in ((DENY, "deny"), (ASK, "ask")):
        entries = section[name]["entries"] if name in section else ()
        heard = [entry for entry in entries if is_live(entry, layer) and _named(entry, tool.lower(), excepted=tool)]
        reasons += [speak(effect, entry, text, index, layer) for entry in heard]
    if "allow" in section:
        listed = section["allow"]
        covering = next(
            (
                entry
                for entry in listed["entries"]
                if is_live(entry, layer) and _named(entry, tool, excepted=tool.lower())
            ),
            None,
        )
        if covering is None:
            reasons.append(not_listed("tools.allow", listed["source"], text, index, layer))
        else:
            reasons.append(speak(ALLOW, covering, text, index, layer))
    return reasons


def _named(entry: Entry, name: str, *, excepted: str) -> bool:
    return word_matches(entry["name"], name) and not any(
        word_matches(other, excepted) for other in entry.get("unless", ())
    )
