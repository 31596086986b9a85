"""Writing a policy document from what was seen, at chosen levels. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gateway.authoring.generate.learning.generalise import (
    COMMAND_LEVELS,
    HOST_LEVELS,
    PATH_LEVELS,
    TOOL_LEVELS,
    as_entry,
    entries_for,
)
from gateway.authoring.generate.learning.kept import HARMLESS
from gateway.authoring.generate.learning.seen import Seen
from gateway.authoring.generate.learning.wants import COMMANDS, HOSTS, PATHS, TOOLS, Want, wants_of
from gateway.policy.parse import SCHEMA_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

LISTS = ("files.read", "files.write", "files.delete", "commands", "network", "tools")
DIMENSION = {
    "files.read": PATHS,
    "files.write": PATHS,
    "files.delete": PATHS,
    "commands": COMMANDS,
    "network": HOSTS,
    "tools": TOOLS,
}
LEVELS = {PATHS: PATH_LEVELS, COMMANDS: COMMAND_LEVELS, HOSTS: HOST_LEVELS, TOOLS: TOOL_LEVELS}

REFS = 4
"""Most events that a reason names."""

Levels = dict[str, int]


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind an entry."""

    refs: tuple[str, ...]
    sessions: int

    @property
    def reason(self) -> str:
        """The entry's reason."""
        shown = ", ".join(self.refs[:REFS]) + (f" and {len(self.refs) - REFS} more" if len(self.refs) > REFS else "")
        return f"seen in {self.sessions} session{'' if self.sessions == 1 else 's'}: {shown}"


class Wanted:
    """Everything that calls need, with the calls that need it."""

    def __init__(self, calls: Iterable[Seen]) -> None:
        self.by_list: dict[str, dict[Want, list[Seen]]] = {name: defaultdict(list) for name in LISTS}
        for seen in calls:
            for want in wants_of(seen):
                self.by_list[want.kind][want].append(seen)

    def support(self, wants: Iterable[Want], kind: str) -> Support:
        """Return what stands behind an entry that was written for some wants."""
        calls = sorted({(seen.session, seen.number, seen.ref) for want in wants for seen in self.by_list[kind][want]})
        return Support(tuple(ref for _, _, ref in calls), len({session for session, _, _ in calls}))


def written(wanted: Wanted, levels: Levels) -> JsonObject:
    """Return the document that allows what was wanted, generalised to these levels, and closes every list."""
    allowed: dict[str, list[dict[str, object]]] = {}
    for name in LISTS:
        entries = entries_for(name, wanted.by_list[name], levels[DIMENSION[name]])
        allowed[name] = [
            {**as_entry(text), "reason": wanted.support(wants, name).reason} for text, wants in sorted(entries.items())
        ]
    document: JsonObject = {"$schema": SCHEMA_ID, "version": 1, "on_opaque": "ask", "files": {}}
    for part in ("read", "write"):
        entries_of = allowed[f"files.{part}"]
        document["files"][part] = {"allow": entries_of} if entries_of else _nothing(part)
    if allowed["files.delete"]:  # where nothing was deleted, nothing that deletes is in the other lists
        document["files"]["delete"] = {"allow": allowed["files.delete"]}
    document["commands"] = (
        {"allow": allowed["commands"]}
        if allowed["commands"]
        else {"deny": [{"match": "*", "reason": "no command was seen"}]}
    )
    document["network"] = {"deny_all": True, **({"allow": allowed["network"]} if allowed["network"] else {})}
    if allowed["tools"]:
        document["tools"] = {"allow": allowed["tools"] + _only_of_servers(allowed["tools"])}
    return document


def _only_of_servers(tools: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return what says of a list of nothing but servers' tools that it shuts out the agent's own on purpose."""
    if any(not str(entry["match"]).startswith("mcp__") for entry in tools):
        return []
    return [
        {"match": HARMLESS["tools"], "reason": "none of the agent's own tools was seen: what is not listed is denied"}
    ]


def _nothing(part: str) -> JsonObject:
    return {"deny": [{"match": "/**", "reason": f"no file was seen to be {'read' if part == 'read' else 'written'}"}]}
