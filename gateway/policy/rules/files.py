"""`files`: which paths may be read, written and deleted. Pure.

A path is judged twice, as asked and as real: a deny or ask on either speaks, an allow needs both.
"""

from __future__ import annotations

from gateway.model.action import DELETE, LIST, META, READ, RUN, SEARCH, TREE, UNKNOWN, WRITE
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.globs import GLOBSTAR, may_intersect
from gateway.policy.guard import KEY as KEY_PLACE
from gateway.policy.guard import LINKED, SOURCE, fills_settings, patched_files, rewrites_settings, touched
from gateway.policy.pathset import ABSOLUTE, ANYWHERE, DEEP, HOME, Place, compile_paths, matches
from gateway.policy.request_view import Sight, Spot, subject, unknown_patterns
from gateway.policy.rules.file_coverage import below_place, covering
from gateway.policy.rules.reasons import Layer, cannot_tell, is_live, not_listed, speak

KEY = "files"
PARTS = ("read", "write", "delete")

OUTSIDE = "<outside>"
PROJECT_ITSELF = "<project>"
NOT_KNOWN = "<unknown>"
GUARD = "<guard>"
GUARD_SOURCE = "<guard-source>"
GUARD_KEY = "<guard-key>"
AGENT_SETTINGS = "<agent-settings>"
SPECIAL = (OUTSIDE, PROJECT_ITSELF, NOT_KNOWN, GUARD, GUARD_SOURCE, GUARD_KEY, AGENT_SETTINGS)
"""What no pattern can name: for `files.delete` what lies outside the project, the project itself and a tree that cannot
be known; for `files.write` the guard, wherever it is, its source where that is the project, and an agent's folder that
is filled with files nobody could look at; for `files.read` the guard's key.
"""

_WHOLE = (LIST, SEARCH, "moved", "mounted")
"""Manners in which a folder is touched whole: denied where everything in it is."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.action import Action
    from gateway.model.compiled_policy import Entry, FilesSection, PathList, PathLists, PathSet, PolicyLayer
    from gateway.model.decision import Reason
    from gateway.model.globs import Pattern
    from gateway.policy.document_fields import Field


def schema() -> dict[str, object]:
    """Return the JSON Schema of the section."""
    from gateway.policy.entries import lists_schema

    told = {
        "read": "paths that may be read",
        "write": "paths that may be written",
        "delete": "paths that may be deleted",
    }
    return {
        "type": ["object", "null"],
        "description": "which paths may be read, written and deleted",
        "additionalProperties": False,
        "properties": {part: lists_schema(told[part]) for part in PARTS},
    }


def parse(field: Field, *, folded: bool = False) -> FilesSection:
    """Return the compiled section. Raises PolicyError for a pattern that has no meaning."""
    from gateway.policy.entries import parse_lists

    section: FilesSection = {}
    for part, member in field.members(PARTS).items():
        lists = parse_lists(member)
        section[part] = {
            name: _compile(entries, member.at(name), folded=folded) for name, entries in lists.items() if entries
        }
    return section


def _compile(entries: list[Entry], field: Field, *, folded: bool) -> PathList:
    from gateway.policy.patterns import expand

    special: dict[str, list[int]] = {}
    pairs: list[tuple[int, str]] = []
    for index, entry in enumerate(entries):
        at = field.at(index)
        if "unless" in entry:
            texts = [text for item in entry["unless"] for text in expand(item, at, folded=folded)]
            entry["unless"] = compile_paths((0, text) for text in texts)
        if entry["match"] in SPECIAL:
            special.setdefault(entry["match"], []).append(index)
        else:
            pairs += [(index, text) for text in expand(entry["match"], at, folded=folded)]
    roots = sorted({_root(text) for _, text in pairs})
    return {"entries": entries, "set": compile_paths(pairs), "special": special, "roots": roots, "source": field.place}


def _root(text: str) -> tuple[str, str]:
    """Return (anchor, literal folder that a pattern's matches lie in)."""
    anchor = ABSOLUTE if text.startswith("/") else HOME if text.startswith("~") else "."
    parts = []
    for part in text.lstrip("~./").split("/"):
        if any(char in part for char in "*?[\\"):
            break
        parts.append(part)
    return (anchor, "/".join(part for part in parts if part))


def judge(section: FilesSection, sight: Sight, layer: Layer) -> list[Reason]:
    """Return what the section says of every path the call touches."""
    reasons: list[Reason] = []
    for index, action in enumerate(sight.actions):
        for part in _parts(action):
            lists = section.get(part)
            if lists:
                reasons += _judge_action(lists, part, index, sight, layer)
        if action.verb == RUN and "write" in section:
            reasons += _rewritten(section["write"], index, sight, layer)
    return reasons


def _rewritten(lists: PathLists, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    """Return what is said of files that a program rewrites without naming them: the guard's own, an agent's, those a
    patch was seen to name.
    """
    action = sight.actions[index]
    patched = patched_files(action, sight.call, sight.facts)
    fills = rewrites_settings(action, sight.call, sight.facts.home)
    reasons = []
    for effect, name in ((DENY, "deny"), (ASK, "ask")):
        listed = lists.get(name)
        if listed is None:
            continue
        numbers = dict.fromkeys(
            [*_of_guard(listed, action, sight), *(listed["special"].get(AGENT_SETTINGS, ()) if fills else ())]
        )
        found = [(number, subject(action)) for number in numbers]
        for path in patched:
            hits = _unexcepted(listed, sight.place(path), sight.place(sight.real(path)), deny=effect == DENY)
            found += [(number, f"{subject(action)} (which changes `{path}`)") for number in sorted(hits)]
        entries = listed["entries"]
        reasons += [
            speak(effect, entries[number], told, index, layer)
            for number, told in found
            if is_live(entries[number], layer)
        ]
    return reasons


def _of_guard(listed: PathList | None, action: Action, sight: Sight) -> list[int]:
    """Return the entries about the guard that speak of an action."""
    if not sight.facts.guard or not listed or not listed["special"]:
        return []
    kinds = touched(action, sight.call, sight.facts)
    reads = action.verb == READ
    names = [GUARD_KEY] * (KEY_PLACE in kinds and reads) + [GUARD_SOURCE] * (SOURCE in kinds)
    names += [GUARD] * bool(kinds - {SOURCE} - ({KEY_PLACE} if reads else set()))
    return [number for name in names for number in listed["special"].get(name, ())]


def _parts(action: Action) -> tuple[str, ...]:
    if action.verb == READ:
        # who may give a file a second name may write it under that name
        return () if META in action.how else ("read", "write") if LINKED in action.how else ("read",)
    if action.verb != WRITE:
        return ()
    return ("delete", "write") if DELETE in action.how else ("write",)


def _judge_action(lists: PathLists, part: str, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    action = sight.actions[index]
    path = sight.path(action)
    if UNKNOWN in path:
        return _judge_unknown(lists, part, path, index, sight, layer)
    reasons: list[Reason] = []
    for effect, name in ((DENY, "deny"), (ASK, "ask")):
        if name in lists and not (effect == ASK and (META in action.how or LIST in action.how)):
            reasons += _spoken(lists[name], effect, index, sight, layer)
    if "allow" in lists:
        allowing = covering(lists["allow"], index, sight, layer)
        if allowing is None:
            reasons.append(not_listed(f"files.{part}.allow", lists["allow"]["source"], subject(action), index, layer))
        else:
            reasons.append(speak(ALLOW, allowing, subject(action), index, layer))
    return reasons


def _spoken(listed: PathList, effect: int, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    action = sight.actions[index]
    spots: dict[int, Spot] = {}
    for spot in sight.spots(index):
        if spot.named or effect == DENY:
            for number in _entries_at(listed, spot, action, sight, layer, deny=effect == DENY):
                spots.setdefault(number, spot)
    emptied = _emptied(action, sight)
    for number in (
        *_special(listed, action, index, sight),
        *(_unexcepted(listed, emptied, emptied, deny=effect == DENY) if emptied else ()),
    ):
        spots.setdefault(number, sight.spots(index)[0])
    reasons = []
    for number in sorted(spots):
        entry = listed["entries"][number]
        spot = spots[number]
        if is_live(entry, layer):
            text = subject(action)
            if spot.asked.path != spot.real.path and not _hits(listed, spot.asked, number):
                text += f" (really `{spot.real.path}`)"
            elif not spot.named:
                text += f" (which holds `{spot.asked.path}`)"
            reasons.append(speak(effect, entry, text, index, layer))
    return reasons


def _filled(action: Action, sight: Sight) -> str:
    """Return the folder that an action takes with all that is in it, however that is written: FOLDER, FOLDER/*,
    FOLDER/.*; "" for none.
    """
    path = sight.path(action)
    folder, _, last = path.rpartition("/")
    return "" if TREE not in action.how else (folder or "/") if last in ("*", ".*") else path


def _emptied(action: Action, sight: Sight) -> Place | None:
    """Return the folder of which all is deleted, `rm -r FOLDER/*`: what may not be said of it may not be said so
    either.
    """
    folder = _filled(action, sight) if DELETE in action.how else ""
    return sight.place(folder) if folder and folder != sight.path(action) else None


def _hits(listed: PathList, place: Place, number: int) -> bool:
    return number in matches(listed["set"], place, parents=True)


def _entries_at(listed: PathList, spot: Spot, action: Action, sight: Sight, layer: Layer, *, deny: bool) -> set[int]:
    unexcepted = _unexcepted(listed, spot.asked, spot.real, deny=deny)
    if spot.named and (
        TREE in action.how or "unpack" in action.how or (deny and any(how in action.how for how in _WHOLE))
    ):
        unexcepted |= _unexcepted(listed, below_place(spot.asked, sight), below_place(spot.real, sight), deny=deny)
    if spot.pattern is not None and not spot.known and not layer.builtin and LIST not in action.how:
        unexcepted |= {
            number for number in range(len(listed["entries"])) if _may_reach(listed, number, spot.pattern, sight)
        }
    return unexcepted


def _unexcepted(listed: PathList, asked: Place, real: Place, *, deny: bool) -> set[int]:
    """Return the entries that speak of a path, as asked or as real, and do not except it."""
    found = matches(listed["set"], asked, parents=deny)
    if real.path != asked.path:
        found |= matches(listed["set"], real, parents=deny)
    entries = listed["entries"]
    return {
        number
        for number in found
        if "unless" not in entries[number] or not is_excepted(entries[number]["unless"], asked, real)
    }


def is_excepted(unless: PathSet, asked: Place, real: Place) -> bool:
    """Whether an exception frees a path: where the same patterns as allow entries would cover it, as asked and as real,
    and nowhere else.

    `./gateway/**` means a folder of this project; that its words end `/opt/x/gateway/entry.py` too frees nothing there.
    """
    return bool(matches(unless, asked, strict=True)) and (
        real.path == asked.path or bool(matches(unless, real, strict=True))
    )


def _special(listed: PathList, action: Action, index: int, sight: Sight) -> list[int]:
    if not listed["special"]:
        return []
    guard = _of_guard(listed, action, sight)
    if AGENT_SETTINGS in listed["special"] and fills_settings(action, sight.path(action), sight.facts):
        guard += listed["special"][AGENT_SETTINGS]
    spots = sight.spots(index)
    outside = [spot for spot in spots if spot.named and (spot.asked.project is None or spot.real.project is None)]
    for number in listed["special"].get(OUTSIDE, ()) if outside else ():
        unless = listed["entries"][number].get("unless")
        if not unless or not all(is_excepted(unless, spot.asked, spot.real) for spot in outside):
            guard.append(number)
    if _filled(action, sight) == (sight.facts.project.rstrip("/") or "/"):
        guard += listed["special"].get(PROJECT_ITSELF, ())
    return guard


def _judge_unknown(lists: PathLists, part: str, path: str, index: int, sight: Sight, layer: Layer) -> list[Reason]:
    action = sight.actions[index]
    patterns = unknown_patterns(path)
    reasons: list[Reason] = []
    for effect, name in ((DENY, "deny"), (ASK, "ask")):
        listed = lists.get(name)
        if listed is None:
            continue
        if TREE in action.how and action.target.startswith(UNKNOWN):
            reasons += [
                speak(effect, listed["entries"][number], subject(action), index, layer)
                for number in listed["special"].get(NOT_KNOWN, ())
            ]
        elif TREE in action.how or part == "delete":
            reasons += [
                speak(effect, listed["entries"][number], subject(action), index, layer)
                for number in _outside(listed, path, sight)
            ]
        if layer.builtin or META in action.how:
            continue
        if any(
            _may_reach(listed, number, pattern, sight)
            for pattern in patterns
            for number in range(len(listed["entries"]))
        ):
            reasons.append(cannot_tell(f"files.{part}.{name}", listed["source"], subject(action), index, layer))
    if "allow" in lists:
        listed = lists["allow"]
        if any(
            _may_reach(listed, number, pattern, sight)
            for pattern in patterns
            for number in range(len(listed["entries"]))
        ):
            reasons.append(cannot_tell(f"files.{part}.allow", listed["source"], subject(action), index, layer))
        else:
            reasons.append(not_listed(f"files.{part}.allow", listed["source"], subject(action), index, layer))
    return reasons


def _outside(listed: PathList, path: str, sight: Sight) -> list[int]:
    """Return the entries about what lies outside the project that speak of a path of which the beginning is known."""
    place = sight.place((path.partition(UNKNOWN)[0].rpartition("/")[0]) + "/unknown")
    if place.project is not None:
        return []
    entries = listed["entries"]
    return [
        number
        for number in listed["special"].get(OUTSIDE, ())
        if not is_excepted(entries[number].get("unless") or compile_paths(()), place, place)
    ]


def _may_reach(listed: PathList, number: int, pattern: Pattern, sight: Sight) -> bool:
    """Whether an entry could match a path of the given absolute pattern."""
    return any(may_intersect(entry, pattern) for entry in _entry_patterns(listed, number, sight))


def _entry_patterns(listed: PathList, number: int, sight: Sight) -> list[Pattern]:
    """Return the entry's patterns as absolute ones."""
    compiled = listed["set"]
    patterns: list[Pattern] = [(GLOBSTAR, name) for name, entries in compiled["names"].items() if number in entries]
    patterns += [(GLOBSTAR, (1, ext)) for ext, entries in compiled["exts"].items() if number in entries]
    for key, tail in (("exact", ()), ("under", (GLOBSTAR,))):
        for anchor, paths in compiled[key].items():
            for path, entries in paths.items():
                if number in entries:
                    patterns.append((*_anchor(anchor, sight), *(part for part in path.split("/") if part), *tail))
    patterns += [
        (*_anchor(anchor, sight), *segments) for anchor, segments, entry in compiled["rest"] if entry == number
    ]
    return patterns


def _anchor(anchor: str, sight: Sight) -> Pattern:
    if anchor == ABSOLUTE:
        return ()
    if anchor in (ANYWHERE, DEEP):
        return (GLOBSTAR,)
    folder = sight.place(sight.facts.home if anchor == HOME else sight.facts.project)
    return tuple(folder.parts)


def denies(layers: list[PolicyLayer], *, project: str, home: str, part: str = "read") -> Callable[[str], bool] | None:
    """Return whether any layer denies reading (or another part of) an absolute path, to look for below a folder; None
    when no layer denies any.
    """
    lists = [
        layer["sections"]["files"][part]["deny"]
        for layer in layers
        if "deny" in layer["sections"].get("files", {}).get(part, {})
    ]
    if not lists:
        return None

    def denied(path: str) -> bool:
        place = Place(path, project=project, home=home)
        return any(_unexcepted(listed, place, place, deny=True) for listed in lists)

    return denied
