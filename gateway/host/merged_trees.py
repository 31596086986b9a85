"""Which files a copy puts where a policy denies writing: what lies in the source, under the names it gets at the
destination.

`cp -r evil/. .claude/` names no file of the destination. What is copied can be looked at where it lies on this disk; an
archive, another machine and a source that is made by the same call cannot, and are told as not looked at. A copy of a
whole project that is laid down beside it (`cp -r . ../backup`, `rsync -a ./ dist/`) holds such files too, and arms
nothing: what counts is what comes into a folder that is there and in use, the project's or an agent's own.
"""

from __future__ import annotations

from gateway.catalog.agent_folders import SETTINGS_FOLDERS
from gateway.lane_os import os
from gateway.model.action import DELETE, FROM_FILE, META, TREE, WRITE
from gateway.model.paths import below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.action import Action

    Denied = Callable[[str], bool]
    Look = tuple[tuple[str, ...], bool]


def is_merge(action: Action) -> bool:
    """Whether an action may put files into a folder without naming them."""
    return action.verb == WRITE and bool(action.carries) and DELETE not in action.how and META not in action.how


def merged(action: Action, folder: str, denied: Denied, globs: dict[str, Look], roots: tuple[str, str]) -> Look | None:
    """Return (denied files that the action makes in a folder, whether all that it takes was looked at); None where it
    fills no folder.

    folder  absolute destination
    roots   the project, and with it every folder below; home, itself alone
    globs   absolute pattern -> (what it matches, whether that is all), as the call names them
    """
    hits: list[str] = []
    complete = fills = TREE in action.how or "unpack" in action.how
    for source in action.carries:
        kind, _, path = source.partition(":")
        if kind != FROM_FILE or not path.startswith("/") or ("unpack" in action.how and not os.path.isdir(path)):
            complete = False
            continue
        matched, known = globs.get(path, ((path,), True)) if any(char in path for char in "*?[") else ((path,), True)
        complete = complete and known
        for item in matched:
            if os.path.isdir(item):
                fills = True
                if not _is_in_use(folder, item, roots):
                    continue  # whatever lies in it arms nothing there, so it is not walked
                found, all_of_it = _below(item, _placed(action, folder, item, is_match=item != path), denied)
                hits += found
                complete = complete and all_of_it
            elif os.path.lexists(item) and (item != path or action.target.endswith("/")):
                place = f"{folder}/{os.path.basename(item)}"
                hits += [place] if denied(place) else []
            else:
                complete = complete and os.path.lexists(item)
    return (tuple(hits), complete) if fills or hits else None


def _is_in_use(folder: str, source: str, roots: tuple[str, str]) -> bool:
    project, home = roots
    if os.path.basename(folder) in SETTINGS_FOLDERS:
        return True
    inside = folder == home or below(folder, project) is not None
    return inside and os.path.isdir(folder) and below(folder, source) is None


def _placed(action: Action, folder: str, source: str, *, is_match: bool) -> str:
    """Return the folder that a source's content comes to lie in: a match of a pattern keeps its name, and so it does in
    a folder that is there.
    """
    name = os.path.basename(source)
    named = os.path.basename(folder) == name
    return f"{folder}/{name}" if is_match and not named and TREE in action.how else folder


def _below(source: str, folder: str, denied: Denied) -> Look:
    from gateway.host.directory_walk import denied_below

    start = source.rstrip("/")
    found, complete = denied_below(start, lambda path: denied(folder + path[len(start) :]), ignoring=False)
    return tuple(folder + path[len(start) :] for path in found), complete
