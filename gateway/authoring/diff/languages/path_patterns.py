"""The patterns of a compiled path set as sequences of segments, exactly as `gateway.policy.pathset.matches` reads them.
Pure.

A step is a literal name, a tuple of atoms, or LOOP: any number of names, none included.
"""

from __future__ import annotations

from gateway.model.globs import STAR, match_segment
from gateway.policy.pathset import ABSOLUTE, ANYWHERE, DEEP, HOME, PROJECT

LOOP = 0
ANY_NAME = (STAR,)

ALWAYS, INSIDE, OUTSIDE = "always", "inside", "outside"
"""Where a pattern holds: anywhere, only inside the project, only outside it."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gateway.model.compiled_policy import PathSet
    from gateway.model.globs import Pattern, Segment

    Steps = tuple[Segment, ...]
    Guarded = tuple[Steps, str]


class Ground:
    """The folders that patterns are anchored at, as parts."""

    __slots__ = ("home", "project")

    def __init__(self, project: str, home: str) -> None:
        self.project = tuple(part for part in project.split("/") if part)
        self.home = tuple(part for part in home.split("/") if part)


def patterns_of(compiled: PathSet, ground: Ground, *, strict: bool, parents: bool) -> dict[int, set[Guarded]]:
    """Return {entry index: its patterns, each with where it holds}; `strict` and `parents` as for `matches`."""
    found: dict[int, set[Guarded]] = {}
    for entries, guarded in _all(compiled, ground, strict=strict, parents=parents):
        for entry in entries:
            found.setdefault(entry, set()).add(guarded)
    return found


def _all(compiled: PathSet, ground: Ground, *, strict: bool, parents: bool) -> Iterator[tuple[list[int], Guarded]]:
    where = INSIDE if strict else ALWAYS
    for name, entries in compiled["names"].items():
        yield entries, ((LOOP, name, LOOP) if parents else (LOOP, name), where)
    for ext, entries in compiled["exts"].items():
        yield entries, ((LOOP, (STAR, ext)), where)
    for key, tail in (("exact", ()), ("under", (ANY_NAME, LOOP))):
        for anchor, paths in compiled[key].items():
            for path, entries in paths.items():
                for guarded in _anchored(anchor, (*_parts(path), *tail), ground, strict=strict):
                    yield entries, guarded
    for anchor, segments, entry in compiled["rest"]:
        found = (
            _bare(segments, where, parents=parents)
            if anchor == ANYWHERE
            else _anchored(anchor, _tail(segments), ground, strict=strict)
        )
        for guarded in found:
            yield [entry], guarded


def _bare(segments: Pattern, where: str, *, parents: bool) -> Iterator[Guarded]:
    """Yield the patterns of a name with wildcards, at any depth."""
    if len(segments) != 1:
        return
    name = ANY_NAME if segments[0] == LOOP else segments[0]
    yield (LOOP, name, LOOP) if parents else (LOOP, name), where
    if not parents and match_segment(name, ""):
        yield (), where  # the root folder, whose name is empty


def _parts(path: str) -> Steps:
    return tuple(part for part in path.split("/") if part)


def _tail(segments: Pattern) -> Steps:
    """Return the segments with a trailing `**` taking one name at least, unless there is nothing else."""
    if all(segment == LOOP for segment in segments):
        return (LOOP,)
    end = len(segments)
    while segments[end - 1] == LOOP:
        end -= 1
    return segments if end == len(segments) else (*segments[:end], ANY_NAME, LOOP)


def _anchored(anchor: str, steps: Steps, ground: Ground, *, strict: bool) -> Iterator[Guarded]:
    if anchor == ABSOLUTE:
        yield steps, ALWAYS
    elif anchor == HOME:
        yield (*ground.home, *steps), ALWAYS
    elif anchor == DEEP:
        yield (LOOP, *steps), ALWAYS
    elif anchor == PROJECT:
        yield (*ground.project, *steps), ALWAYS
        if not strict:
            yield (LOOP, *steps), OUTSIDE
