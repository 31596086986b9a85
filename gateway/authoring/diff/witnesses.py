"""Things that policies allow, to be put into a call so that nothing else about it is refused: paths, hosts, whole
command lines. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.authoring.diff.example_calls import Spelled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.model.compiled_policy import CompiledPolicy

MAX_SAMPLES = 4
"""Most paths and hosts that are tried in one place."""


@dataclass(frozen=True, slots=True)
class Samples:
    """What two policies name in their allow lists and examples."""

    paths: tuple[str, ...]
    hosts: tuple[str, ...]
    calls: tuple[Spelled, ...]

    def beside(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield a command with operands that are allowed, its options last."""
        at = next((at for at, word in enumerate(words) if at and word.startswith("-")), len(words))
        for more in ((), ("x",)):
            for extra in ((), *((path,) for path in self.paths), *((f"https://{host}/",) for host in self.hosts)):
                if more or extra:
                    yield (*words[:at], *more, *extra, *words[at:])

    def inputs(self, tool: str) -> Iterator[Spelled]:
        """Yield calls of a tool that are given what is allowed, under the names that tools use for it."""
        yield Spelled(tool, {})
        for path in self.paths:
            yield Spelled(tool, {"file_path": path, "path": path, "pattern": "x", "content": ""})
        for host in self.hosts:
            yield Spelled(tool, {"url": f"https://{host}/"})
        yield Spelled(tool, {"command": "true"})


def samples_of(*policies: CompiledPolicy) -> Samples:
    """Return the samples that policies hold."""
    paths: dict[str, None] = {}
    hosts: dict[str, None] = {}
    calls: dict[str, Spelled] = {}
    for policy in policies:
        for layer in policy["layers"]:
            sections = layer["sections"]
            for part in ("read", "write"):
                paths.update(dict.fromkeys(_member(text) for text in _allowed(sections.get("files", {}).get(part, {}))))
            hosts.update(dict.fromkeys(text.replace("*.", "x.") for text in _allowed(sections.get("network", {}))))
            for text in _allowed(sections.get("commands", {})):
                calls.setdefault(text, Spelled("Bash", {"command": text}))
            for example in layer["examples"]:
                if isinstance(example["input"], dict):
                    calls.setdefault(repr(example["input"]), Spelled(example["tool"], example["input"]))
    shown = [path for path in paths if path][:MAX_SAMPLES]
    return Samples(tuple(shown), tuple(host for host in hosts if "/" not in host)[:MAX_SAMPLES], tuple(calls.values()))


def _allowed(lists: Any) -> list[str]:
    return [entry["match"] for entry in lists.get("allow", {}).get("entries", ())]


def _member(pattern: str) -> str:
    """Return a path that a pattern matches, "" where that takes more than filling in its wildcards."""
    if any(char in pattern for char in "{["):
        return ""
    return pattern.replace("**", "x").replace("*", "x").replace("?", "x").replace("\\", "")
