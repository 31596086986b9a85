"""When an allow entry of `files` covers what an action touches: all of it, as asked and as real. Pure."""

from __future__ import annotations

from gateway.model.action import CREATE, LIST, SEARCH, TREE
from gateway.model.paths import below
from gateway.policy.pathset import ABSOLUTE, HOME, Place, matches, probe
from gateway.policy.rules.reasons import is_live

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.action import Action
    from gateway.model.compiled_policy import Entry, PathList
    from gateway.policy.request_view import Sight, Spot
    from gateway.policy.rules.reasons import Layer


def covering(listed: PathList, index: int, sight: Sight, layer: Layer) -> Entry | None:
    """Return an allow entry that covers everything the action touches, or None."""
    action = sight.actions[index]
    entry: Entry | None = None
    spots = sight.spots(index)
    spots = [spot for spot in spots if spot.named and (spot.pattern is None or not spot.known)]
    if not spots:
        first: Entry = listed["entries"][0]
        return first  # a glob that matches nothing touches nothing
    for spot in spots:
        entry = _covering_spot(listed, spot, action, sight, layer)
        if entry is None:
            return None
    return entry


def _covering_spot(listed: PathList, spot: Spot, action: Action, sight: Sight, layer: Layer) -> Entry | None:
    for asked, real in _ways(spot, action, sight):
        both = matches(listed["set"], asked, strict=True)
        if real.path != asked.path:
            both &= _all_of(matches(listed["set"], real, strict=True), both)
        for number in sorted(both):
            entry: Entry = listed["entries"][number]
            excepted = "unless" in entry and (
                matches(entry["unless"], asked, parents=True) or matches(entry["unless"], real, parents=True)
            )
            if is_live(entry, layer) and not excepted:
                return entry
    if LIST in action.how and _is_ancestor(listed, spot, sight):
        return listed["entries"][0]
    return None


def _all_of(real: set[int], asked: set[int]) -> set[int]:
    """Return the entries of `asked` if the real path is covered by any entry at all."""
    return asked if real else set()


def _ways(spot: Spot, action: Action, sight: Sight) -> list[tuple[Place, Place]]:
    """Return the places that must be covered: the path itself, or whatever lies below a folder that is read as a
    tree.
    """
    below_it = (below_place(spot.asked, sight), below_place(spot.real, sight))
    if LIST in action.how:
        return [(spot.asked, spot.real), below_it]
    if (TREE in action.how or SEARCH in action.how) and CREATE not in action.how:
        name = spot.asked.name
        return [below_it, (spot.asked, spot.real)] if "." in name[1:] else [below_it]
    return [(spot.asked, spot.real)]


def _is_ancestor(listed: PathList, spot: Spot, sight: Sight) -> bool:
    """Whether something that is allowed lies below the folder."""
    folder = spot.asked.path if spot.pattern is None else _literal_folder(spot)
    for anchor, root in listed["roots"]:
        start = (
            "" if anchor == ABSOLUTE else sight.place(sight.facts.home if anchor == HOME else sight.facts.project).path
        )
        if below(f"{start}/{root}".rstrip("/") or "/", folder) is not None:
            return True
    return False


def _literal_folder(spot: Spot) -> str:
    parts = []
    for segment in spot.pattern or ():
        if not isinstance(segment, str):
            break
        parts.append(segment)
    return "/" + "/".join(parts)


def below_place(place: Place, sight: Sight) -> Place:
    """Return a place that stands for whatever lies below a folder."""
    return probe(place.path, project=sight.place(sight.facts.project).path, home=sight.place(sight.facts.home).path)
