"""PathSet: many path patterns as one plain dictionary, asked all at once. Pure.

The ordinary shapes (`name`, `*.ext`, `dir/**`, a literal) are looked up in dictionaries, so that a verdict does not get
slower with every entry; what is left is matched pattern by pattern. Compiled sets are plain data that `marshal` can
keep.

Keys of a compiled set, each mapping to entry indexes:
    names   {name: [i]}            a literal without a slash: that name at any depth
    exts    {".pem": [i]}          `*.pem` without a slash
    exact   {anchor: {path: [i]}}  a literal with a slash
    under   {anchor: {path: [i]}}  `path/**`
    rest    [(anchor, segments, i)]
    needed  [name]                 for each of these a name that stands in every path it matches, "" where it has no
            literal
Anchors: "/" absolute, "~" below home, "." below the project (and, for a path outside it, at any depth unless `strict`),
"**" below any folder, "*" a bare name.
"""

from __future__ import annotations

from gateway.model.globs import GLOBSTAR, compile_pattern, is_plain, match_parts, match_segment
from gateway.model.paths import below, name_of

ABSOLUTE, HOME, PROJECT, DEEP, ANYWHERE = "/", "~", ".", "**", "*"

PROBE = "\x01"
"""A name that nobody gives a file: what matches it below a folder matches whatever lies there."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.model.globs import Pattern

    Compiled = dict[str, object]


def compile_paths(patterns: Iterable[tuple[int, str]]) -> dict[str, object]:
    """Compile (entry index, brace-free pattern) pairs; see the module for the result's shape."""
    names: dict[str, list[int]] = {}
    exts: dict[str, list[int]] = {}
    exact: dict[str, dict[str, list[int]]] = {}
    under: dict[str, dict[str, list[int]]] = {}
    rest: list[tuple[str, Pattern, int]] = []
    for index, text in patterns:
        anchor, body = _anchored(text)
        segments = compile_pattern(body)
        if anchor == ANYWHERE and len(segments) == 1 and isinstance(segments[0], str):
            names.setdefault(segments[0], []).append(index)
        elif anchor == ANYWHERE and _extension(segments):
            exts.setdefault(_extension(segments), []).append(index)
        elif anchor != ANYWHERE and is_plain(segments):
            exact.setdefault(anchor, {}).setdefault("/".join(map(str, segments)), []).append(index)
        elif anchor != ANYWHERE and segments[-1] == GLOBSTAR and is_plain(segments[:-1]):
            under.setdefault(anchor, {}).setdefault("/".join(map(str, segments[:-1])), []).append(index)
        else:
            rest.append((anchor, segments, index))
        if "[" in body and anchor != ANYWHERE:
            # A folder that really is named `[id]` is meant as often as the class is.
            exact.setdefault(anchor, {}).setdefault(body.strip("/"), []).append(index)
        elif "[" in body:
            names.setdefault(body, []).append(index)
    needed = [
        max((segment for segment in segments if isinstance(segment, str)), key=len, default="")
        for _, segments, _ in rest
    ]
    return {"names": names, "exts": exts, "exact": exact, "under": under, "rest": rest, "needed": needed}


def _anchored(text: str) -> tuple[str, str]:
    if text.endswith("/") and text != "/":
        text += "**"
    if text.startswith("~/") or text == "~":
        return HOME, text[2:]
    if text.startswith("/"):
        return ABSOLUTE, text
    body = text.removeprefix("./")
    if "/" not in body and not text.startswith("./"):
        return ANYWHERE, body
    if body.startswith("**/") and not body.startswith("**/**"):
        return DEEP, body[3:]
    return PROJECT, body


def _extension(segments: Pattern) -> str:
    """Return ".pem" for `*.pem`, else ""."""
    if len(segments) != 1 or not isinstance(segments[0], tuple) or len(segments[0]) != 2:
        return ""
    star, tail = segments[0]
    return tail if star == 1 and isinstance(tail, str) and tail.startswith(".") and tail.count(".") == 1 else ""


class Place:
    """A path together with the folders that patterns are anchored at; made once per path, asked of many sets."""

    __slots__ = ("_folders", "_views", "home", "name", "parts", "path", "project")

    def __init__(self, path: str, *, project: str, home: str) -> None:
        self.path = path
        self.name = name_of(path)
        self.parts = [part for part in path.split("/") if part]
        self.project = below(path, project)
        self.home = below(path, home)
        self._views: dict[tuple[str, bool], tuple[str, ...]] = {}
        self._folders: dict[tuple[str, bool], tuple[str, ...]] = {}

    def lowered(self) -> Place:
        """Return the place as it is when every letter is small; itself if it has no other."""
        path = self.path.lower()
        if path == self.path:
            return self
        place = Place(path, project="", home="")
        place.project = None if self.project is None else self.project.lower()
        place.home = None if self.home is None else self.home.lower()
        return place

    def views(self, anchor: str, *, strict: bool) -> tuple[str, ...]:
        """Return the path as it looks from where an anchor stands; a deep anchor stands in every folder on the way."""
        key = (anchor, strict)
        if key not in self._views:
            self._views[key] = self._seen_from(anchor, strict=strict)
        return self._views[key]

    def _seen_from(self, anchor: str, *, strict: bool) -> tuple[str, ...]:
        if anchor == ABSOLUTE:
            return (self.path[1:],)
        if anchor == HOME:
            return () if self.home is None else (self.home,)
        if anchor == PROJECT and self.project is not None:
            return (self.project,)
        if anchor == PROJECT and strict:
            return ()
        return tuple("/".join(self.parts[start:]) for start in range(len(self.parts)))

    def folders(self, anchor: str, *, strict: bool) -> tuple[str, ...]:
        """Return the folders that hold the path, each as it looks from where an anchor stands."""
        key = (anchor, strict)
        if key not in self._folders:
            folders: dict[str, None] = {}
            for view in self.views(anchor, strict=strict):
                if view:
                    folders[""] = None
                slash = view.find("/")
                while slash >= 0:
                    folders[view[:slash]] = None
                    slash = view.find("/", slash + 1)
            self._folders[key] = tuple(folders)
        return self._folders[key]


def matches(compiled: dict[str, object], place: Place, *, strict: bool = False, parents: bool = False) -> set[int]:
    """Return the indexes of the entries that match the path.

    strict   a relative pattern never matches outside the project (allow lists)
    parents  a bare name also matches when a folder on the way has it (deny lists)
    """
    found: set[int] = set()
    names: dict[str, list[int]] = compiled["names"]  # type: ignore[assignment]
    if names and (not strict or place.project is not None):
        for part in place.parts if parents else (place.name,):
            found.update(names.get(part, ()))
    exts: dict[str, list[int]] = compiled["exts"]  # type: ignore[assignment]
    dot = place.name.rfind(".")
    if exts and dot >= 0 and (not strict or place.project is not None):
        found.update(exts.get(place.name[dot:], ()))
    exact: dict[str, dict[str, list[int]]] = compiled["exact"]  # type: ignore[assignment]
    for anchor, paths in exact.items():
        for view in place.views(anchor, strict=strict):
            if view in paths:
                found.update(paths[view])
    under: dict[str, dict[str, list[int]]] = compiled["under"]  # type: ignore[assignment]
    for anchor, paths in under.items():
        for folder in place.folders(anchor, strict=strict):
            if folder in paths:
                found.update(paths[folder])
    rest: list[tuple[str, Pattern, int]] = compiled["rest"]  # type: ignore[assignment]
    needed: list[str] = compiled["needed"]  # type: ignore[assignment]
    for (anchor, segments, index), name in zip(rest, needed, strict=True):
        if (
            (not name or name in place.parts)
            and index not in found
            and _rest_matches(anchor, segments, place, strict=strict, parents=parents)
        ):
            found.add(index)
    return found


def _rest_matches(anchor: str, segments: Pattern, place: Place, *, strict: bool, parents: bool) -> bool:
    if anchor == ANYWHERE:
        if strict and place.project is None:
            return False
        parts = place.parts if parents else [place.name]
        return any(match_segment(segments[0], part) for part in parts) if len(segments) == 1 else False
    if anchor == ABSOLUTE:
        return match_parts(segments, place.parts)
    if anchor == DEEP:
        return match_parts((GLOBSTAR, *segments), place.parts)
    if anchor == HOME:
        return place.home is not None and match_parts(segments, _split(place.home))
    if place.project is not None:
        return match_parts(segments, _split(place.project))
    return not strict and match_parts((GLOBSTAR, *segments), place.parts)


def _split(relative: str) -> list[str]:
    return relative.split("/") if relative else []


def probe(path: str, *, project: str, home: str) -> Place:
    """Return the place of a file that nobody names, just below the folder `path`."""
    return Place((path if path != "/" else "") + "/" + PROBE, project=project, home=home)
