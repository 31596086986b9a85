"""Entries of a document that decide nothing: whatever they speak of, the rest of the document already says. Exact, as
`policy diff` is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from gateway.authoring.diff.compare import differs
from gateway.model.errors import GatewayError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy, Entry, PolicyLayer

NOWHERE = "/nowhere-in-particular/project"
"""The project that paths are compared in: no pattern of anybody's names it."""
MAX_ENTRIES = 150
"""Most entries of a document that are compared one by one; a longer one is checked for repetitions only."""


def idle_entries(policy: CompiledPolicy, layer: PolicyLayer, *, now: float) -> Iterator[Entry]:
    """Yield the entries of one layer that could be taken out without any verdict of their own section changing.

    Only the section itself counts: what another section or another document says too may still be wanted here.
    """
    places = list(_places(layer["sections"]))
    for place in places if len(places) <= MAX_ENTRIES else ():
        entry = _at(layer["sections"], place)
        if entry.get("expires") is not None and entry["expires"] <= now:
            continue
        alone: PolicyLayer = {**layer, "sections": _section(layer["sections"], place), "default": None, "examples": []}
        if place[-3] == "deny":  # that a closed list says no too is no reason to give up a deny: the list may grow
            alone["sections"] = _opened(alone["sections"])
        if _decides_nothing(policy, alone, place, now):
            yield entry


def asks_in_vain(policy: CompiledPolicy, layer: PolicyLayer, entry: Entry, *, now: float) -> bool:
    """Whether an idle ask entry would decide something if only its section were not closed: what it speaks of is
    denied, not asked about.
    """
    place = next(place for place in _places(layer["sections"]) if _at(layer["sections"], place) is entry)
    alone: PolicyLayer = {
        **layer,
        "sections": _opened(_section(layer["sections"], place)),
        "default": None,
        "examples": [],
    }
    return bool(place[-3] == "ask" and not _decides_nothing(policy, alone, place, now))


def _decides_nothing(policy: CompiledPolicy, alone: PolicyLayer, place: tuple[Any, ...], now: float) -> bool:
    """Whether a layer says the same without one entry; not where the two are too intricate to compare."""
    before: CompiledPolicy = {**policy, "layers": [alone], "limits": [], "obligations": []}
    after: CompiledPolicy = {**before, "layers": [_expired(alone, place)]}
    try:
        return not differs(before, after, cwd=NOWHERE, project=NOWHERE, now=now)
    except GatewayError:
        return False


def _opened(value: Any) -> Any:
    """Return sections without their allow lists and `deny_all`."""
    if not isinstance(value, dict):
        return value
    return (
        {key: _opened(item) for key, item in value.items() if key not in ("allow", "deny_all")}
        if "entries" not in value
        else value
    )


def _section(sections: Any, place: tuple[Any, ...]) -> Any:
    """Return the sections with nothing in them but the one that an entry stands in; of files, the one way of touching
    them.
    """
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


def _expired(layer: PolicyLayer, path: tuple[Any, ...]) -> PolicyLayer:
    """Return the layer with one entry silenced; its list stays what it is."""
    changed: PolicyLayer = {**layer, "sections": copy.deepcopy(layer["sections"])}
    _at(changed["sections"], path)["expires"] = 0.0
    return changed
