"""Entries of a document that decide nothing: whatever they speak of, the rest of the document already says. Exact, as `policy diff` is."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from gateway.lifecycle.difference import differs

NOWHERE = "/nowhere-in-particular/project"
"""The project that paths are compared in: no pattern of anybody's names it."""
MAX_ENTRIES = 150
"""Most entries of a document that are compared one by one; a longer one is checked for repetitions only."""

Policy = dict[str, Any]
Entry = dict[str, Any]


def idle_entries(policy: Policy, layer: Policy, *, now: float) -> Iterator[Entry]:
    """Yield the entries of one layer that could be taken out without any verdict of their own section changing.

    Only the section itself counts: what another section or another document says too may still be wanted here.
    """
    places = list(_places(layer["sections"]))
    for place in places if len(places) <= MAX_ENTRIES else ():
        entry = _at(layer["sections"], place)
        if entry.get("expires") is not None and entry["expires"] <= now:
            continue
        alone = {**layer, "sections": _section(layer["sections"], place), "default": None, "examples": []}
        before = {**policy, "layers": [alone], "limits": [], "obligations": []}
        after = {**before, "layers": [_expired(alone, place)]}
        if not differs(before, after, cwd=NOWHERE, now=now):
            yield entry


def _section(sections: dict[str, Any], place: tuple[Any, ...]) -> dict[str, Any]:
    """Return the sections with nothing in them but the one that an entry stands in; of files, the one way of touching them."""
    first, second = place[0], place[1]
    return {first: {second: sections[first][second]}} if first in ("files", "mcp") else {first: sections[first]}


def _places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where entries stand in compiled sections."""
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        if key in ("entries", "arguments") and isinstance(item, list):
            yield from ((*path, key, number) for number in range(len(item)))
        elif key not in ("set", "programs", "starts", "special"):
            yield from _places(item, (*path, key))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def _expired(layer: Policy, path: tuple[Any, ...]) -> Policy:
    """Return the layer with one entry silenced; its list stays what it is."""
    changed = {**layer, "sections": copy.deepcopy(layer["sections"])}
    _at(changed["sections"], path)["expires"] = 0.0
    return changed
