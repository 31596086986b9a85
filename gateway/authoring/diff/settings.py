"""What of two policies can be compared without a call: limits, what is removed where, pins, and what no single path
shows. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from gateway.policy.rules.files import NOT_KNOWN, PROJECT_ITSELF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy


def settings_differences(old: CompiledPolicy, new: CompiledPolicy) -> list[tuple[str, object, object]]:
    """Return (name, old, new) of every setting that differs."""
    sides = [dict(_settings(policy)) for policy in (old, new)]
    names = dict.fromkeys((*sides[0], *sides[1]))
    return [
        (name, sides[0].get(name), sides[1].get(name)) for name in names if sides[0].get(name) != sides[1].get(name)
    ]


def _settings(policy: CompiledPolicy) -> Iterator[tuple[str, object]]:
    for limit in policy["limits"]:
        name = f"limits.{limit['name']}" + (f".{limit['tool']}" if "tool" in limit else "")
        yield (
            name,
            {
                key: value
                for key, value in limit.items()
                if key not in ("source", "rule", "name", "tool") and value not in (False, 0.0)
            },
        )
    for kind, reach, what, _ in policy["obligations"]:
        yield f"{kind}.{reach}: {what}", True
    for custom in policy["custom"]:
        yield f"custom detector {custom[0]}", list(custom[1:])
    for server, options in policy["servers"].items():
        for key, value in options.items():
            yield f"mcp.servers.{server}.{key}", value
    for server, tools in policy["effects"].items():
        for tool, verbs in tools.items():
            yield f"mcp.servers.{server}.effects.{tool}", verbs
    yield from _nameless(policy)


def _nameless(policy: CompiledPolicy) -> Iterator[tuple[str, object]]:
    """Yield the entries on deletions that no path names."""
    for layer in policy["layers"]:
        for name, listed in layer["sections"].get("files", {}).get("delete", {}).items():
            for word in (PROJECT_ITSELF, NOT_KNOWN):
                entries = [listed["entries"][number] for number in listed["special"].get(word, ())]
                if entries:
                    yield (
                        f"files.delete.{name}: {word} in layer {layer['level']}",
                        [bool(entry.get("shadow")) for entry in entries],
                    )
