"""A policy whose entries ask for less: what speaks under it and not under the policy itself is what almost spoke.
Pure.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gateway.model.compiled_policy import CompiledPolicy, Entry, Prefix, Sections


def loosened(policy: CompiledPolicy) -> CompiledPolicy:
    """Return a compiled policy whose command entries ask for the program and its first word alone, and whose entries
    have no conditions.
    """
    return {**policy, "layers": [{**layer, "sections": _sections(layer["sections"])} for layer in policy["layers"]]}


def _sections(sections: Sections) -> Sections:
    out = sections.copy()
    if "commands" in out:
        out["commands"] = _lists(out["commands"], _command)
    if "files" in out:
        out["files"] = {part: _lists(lists, _unconditional) for part, lists in out["files"].items()}
    return out


def _lists(lists: Any, change: Callable[[Entry], Entry]) -> Any:
    return {
        name: {**listed, "entries": [change(entry) for entry in listed["entries"]]}
        for name, listed in lists.items()
        if name in ("ask", "deny")
    }


def _unconditional(entry: Entry) -> Entry:
    free = entry.copy()
    free.pop("with", None)
    free.pop("unless", None)
    free.pop("expires", None)
    return free


def _command(entry: Entry) -> Entry:
    prefixes: list[Prefix] = [
        (program, by_path, segments[:1], (), True, pattern)
        for program, by_path, segments, _, _, pattern in entry["prefixes"]
    ]
    return {**_unconditional(entry), "prefixes": prefixes}
