"""A policy whose entries ask for less: what speaks under it and not under the policy itself is what almost spoke. Pure."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Data = dict[str, Any]


def loosened(policy: Data) -> Data:
    """Return a compiled policy whose command entries ask for the program and its first word alone, and whose entries have no conditions."""
    return {**policy, "layers": [{**layer, "sections": _sections(layer["sections"])} for layer in policy["layers"]]}


def _sections(sections: Data) -> Data:
    out = dict(sections)
    if "commands" in out:
        out["commands"] = _lists(out["commands"], _command)
    if "files" in out:
        out["files"] = {part: _lists(lists, _unconditional) for part, lists in out["files"].items()}
    return out


def _lists(lists: Data, change: Any) -> Data:
    return {name: {**listed, "entries": [change(entry) for entry in listed["entries"]]} for name, listed in lists.items() if name in ("ask", "deny")}


def _unconditional(entry: Data) -> Data:
    return {key: value for key, value in entry.items() if key not in ("with", "unless", "expires")}


def _command(entry: Data) -> Data:
    prefixes = [(program, by_path, segments[:1], (), True, pattern) for program, by_path, segments, _, _, pattern in entry["prefixes"]]
    return {**_unconditional(entry), "prefixes": prefixes}
