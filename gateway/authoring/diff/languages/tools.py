"""Tool names of every kind that two policies tell apart. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gateway.authoring.diff.languages.names import name_classes
from gateway.model.globs import STAR
from gateway.policy.rules.mcp import PREFIX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy, EntryLists

SLASH = "\x02"
"""How a slash stands in a compiled word."""

Wild = tuple[tuple[Any, ...], bool]


def tool_patterns(policy: CompiledPolicy) -> list[Wild]:
    """Return (atoms, without regard to case) of everything a compiled policy says of tool names."""
    found: list[Wild] = []
    for layer in policy["layers"]:
        found += _patterns("", layer["sections"].get("tools", {}))
        for server, rules in layer["sections"].get("mcp", {}).items():
            head = f"{PREFIX}{server}__".replace("/", SLASH)
            found.append(((head, STAR), False))
            found += _patterns(head, rules.get("tools", {}))
    return found


def _patterns(head: str, lists: EntryLists) -> Iterator[Wild]:
    for name, listed in lists.items():
        folded = name != "allow"
        for entry in listed["entries"]:
            for pattern in (entry["name"], *entry.get("unless", ())):
                atoms = (pattern,) if isinstance(pattern, str) else pattern
                yield ((head.lower() if folded else head, *atoms) if head else atoms), folded


def tools_to_compare(old: CompiledPolicy, new: CompiledPolicy) -> Iterator[str]:
    """Yield tool names such that two policies that agree on all of them agree on every tool."""
    if _sections(old) == _sections(new):
        return
    literals: set[str] = set()
    wilds: set[Wild] = set()
    for atoms, folded in (*tool_patterns(old), *tool_patterns(new)):
        if all(isinstance(atom, str) for atom in atoms):
            literals.add("".join(atoms))
        if folded or not all(isinstance(atom, str) for atom in atoms):
            wilds.add((atoms, folded))
    for name in name_classes(frozenset(literals), tuple(sorted(wilds, key=repr))):
        yield name.replace(SLASH, "/")


def _sections(policy: CompiledPolicy) -> str:
    sections: list[object] = []
    for layer in policy["layers"]:
        servers = {server: _plain(rules.get("tools")) for server, rules in layer["sections"].get("mcp", {}).items()}
        sections.append((_plain(layer["sections"].get("tools")), servers, layer["default"], layer["shadow"]))
    return repr(sections)


def _plain(lists: Any) -> Any:
    """Return lists without where they stand."""
    if not lists:
        return None
    return {
        name: [
            (entry["name"], entry.get("unless"), entry.get("shadow"), entry.get("expires"))
            for entry in listed["entries"]
        ]
        for name, listed in lists.items()
    }
