"""Bounded looks into folders: what a glob matches now, and which denied files a tree read would reach."""

from __future__ import annotations

import time

from gateway.lane_os import open_regular, os
from gateway.model.globs import compile_pattern, is_plain, match_parts, match_segment

MAX_ENTRIES = 20_000
MAX_SECONDS = 0.05
MAX_MATCHES = 200
MAX_HITS = 20
"""Bounds of one look; a look that ran into one says that it did not see everything."""

SKIPPED = frozenset(
    ("node_modules", ".git", ".hg", ".svn", "__pycache__", ".venv", "venv", ".tox", ".mypy_cache", ".pytest_cache")
)
"""Folders looked into last: large, and made by tools rather than people."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gateway.model.globs import Pattern, Segment

    Denied = Callable[[str], bool]


class _Budget:
    """What is left of one look."""

    __slots__ = ("deadline", "entries")

    def __init__(self) -> None:
        self.entries = MAX_ENTRIES
        self.deadline = time.monotonic() + MAX_SECONDS

    def spent(self) -> bool:
        self.entries -= 1
        return self.entries < 0 or (self.entries % 256 == 0 and time.monotonic() > self.deadline)


def expand(pattern: str) -> tuple[tuple[str, ...], bool]:
    """Return (the paths an absolute glob matches, whether that is all of them)."""
    segments = compile_pattern(pattern)
    budget = _Budget()
    found: list[str] = []
    todo: list[tuple[str, int]] = [("", 0)]
    seen: set[tuple[str, int]] = set()
    while todo:
        folder, at = todo.pop()
        if (folder, at) in seen:
            continue
        seen.add((folder, at))
        if at == len(segments):
            found.append(folder or "/")
            if len(found) >= MAX_MATCHES:
                return tuple(found), False
            continue
        todo += _steps(folder, segments, at, budget)
        if budget.entries < 0:
            return tuple(found), False
    return tuple(sorted(found)), True


def _steps(folder: str, segments: Pattern, at: int, budget: _Budget) -> Iterator[tuple[str, int]]:
    segment: Segment = segments[at]
    if isinstance(segment, str):
        path = f"{folder}/{segment}"
        if os.path.lexists(path):
            yield path, at + 1
        return
    deep = isinstance(segment, int)
    if deep:
        yield folder, at + 1
    for entry in _entries(folder or "/"):
        if budget.spent():
            budget.entries = -1
            return
        if deep:
            if _is_folder(entry):
                yield entry.path if folder else "/" + entry.name, at
            if at + 1 == len(segments):
                yield f"{folder}/{entry.name}", at + 1
        elif match_segment(segment, entry.name) and (not entry.name.startswith(".") or _wants_dot(segment)):
            yield f"{folder}/{entry.name}", at + 1


def _wants_dot(segment: Segment) -> bool:
    """Whether a segment names the dot itself: `*` of a shell does not match a hidden name."""
    return isinstance(segment, tuple) and isinstance(segment[0], str) and segment[0].startswith(".")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: (entry.name in SKIPPED, entry.name))
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def denied_below(folder: str, denied: Denied, *, ignoring: bool) -> tuple[tuple[str, ...], bool]:
    """Return (denied files below a folder, nearest first; whether all of it was looked at).

    ignoring  leave out hidden and git-ignored files, as ripgrep does
    """
    budget = _Budget()
    hits: list[str] = []
    todo: list[tuple[str, list[tuple[str, Pattern, bool, bool]]]] = [(folder.rstrip("/"), [])]
    while todo:
        following: list[tuple[str, list[tuple[str, Pattern, bool, bool]]]] = []
        for path, inherited in todo:
            rules = [*inherited, *_ignores(path)] if ignoring else inherited
            for entry in _entries(path or "/"):
                if budget.spent():
                    return tuple(hits), False
                below = f"{path}/{entry.name}"
                is_folder = _is_folder(entry)
                if ignoring and (entry.name.startswith(".") or _is_ignored(below, rules, is_folder=is_folder)):
                    continue
                if is_folder:
                    following.append((below, rules))
                elif denied(below):
                    hits.append(below)
                    if len(hits) >= MAX_HITS:
                        return tuple(hits), False
        todo = following
    return tuple(hits), True


def _ignores(folder: str) -> list[tuple[str, Pattern, bool, bool]]:
    """Return (folder, pattern, negated, folders only) of every line of the folder's ignore files (gitignore(5))."""
    rules: list[tuple[str, Pattern, bool, bool]] = []
    for name in (".gitignore", ".ignore", ".rgignore"):
        try:
            fd = open_regular(f"{folder}/{name}", os.O_RDONLY)
        except OSError:
            continue
        try:
            lines = os.read(fd, 100_000).decode("utf-8", "replace").splitlines()
        except OSError:
            continue
        finally:
            os.close(fd)
        for line in lines:
            text = line.rstrip()
            if not text or text.startswith("#"):
                continue
            negated = text.startswith("!")
            body = text[1:] if negated else text
            anchored = "/" in body.rstrip("/")
            segments = compile_pattern(body)
            if segments:
                rules.append((folder, segments if anchored else (0, *segments), negated, body.endswith("/")))
    return rules


def _is_ignored(path: str, rules: list[tuple[str, Pattern, bool, bool]], *, is_folder: bool) -> bool:
    ignored = False
    for folder, segments, negated, folders_only in rules:
        if folders_only and not is_folder:
            continue
        parts = path[len(folder) + 1 :].split("/")
        if (len(segments) == 1 and is_plain(segments) and parts == list(segments)) or match_parts(segments, parts):
            ignored = not negated
    return ignored
