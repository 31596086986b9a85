"""observe: look at what a call names, before it is judged. What was seen is recorded, so that the verdict can be
reached again.
"""

from __future__ import annotations

import sys
import time

from gateway.host.own_places import key_places, own_places
from gateway.host.real_paths import Look
from gateway.lane_os import os
from gateway.model.action import CREATE, FROM_FILE, GLOB, READ, RUN, SEARCH, TREE, UNKNOWN, WRITE
from gateway.model.facts import Facts
from gateway.model.later import Later
from gateway.model.paths import absolute, below, normal
from gateway.model.record import replaced
from gateway.policy.guard import LINKED, reached
from gateway.policy.request_view import asked_path, raw_path

MAX_PATH = 4096
MAX_LOOKED_AT = 400
"""Most paths of one call that are followed on disk; the rest are judged as asked."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.action import Action
    from gateway.model.call import ToolCall

    Denied = Callable[[str], bool]
    Tree = tuple[tuple[str, ...], bool]
    from gateway.policy import unnamed_writes
else:
    unnamed_writes = Later("gateway.policy.unnamed_writes")


class _Places:
    """The guard's own places, looked for once a call and only where something may reach them."""

    __slots__ = ("_found", "_wanted")

    def __init__(self, project: str, look: Look, policies: tuple[str, ...]) -> None:
        self._wanted = (project, look, policies)
        self._found: dict[str, str] = {}

    def all(self) -> dict[str, str]:
        """Return path -> kind, see `gateway.policy.guard`."""
        if not self._found:
            self._found = own_places(*self._wanted)
        return self._found


def observe(
    call: ToolCall,
    *,
    project: str,
    home: str,
    denied: Denied | None = None,
    unwritable: Denied | None = None,
    policies: tuple[str, ...] = (),
) -> Facts:
    """Return the facts about every path that a call names.

    denied  whether a deny entry speaks of an absolute path: what to look for below a folder that is read as a tree
    unwritable  the same of writing: what to look for in a tree that is copied somewhere
    policies  files that the policy in force was read from
    """
    look = Look()
    places = _Places(project, look, policies)
    real: dict[str, str] = {}
    globs: dict[str, tuple[tuple[str, ...], bool]] = {}
    trees: dict[str, tuple[tuple[str, ...], bool]] = {}
    for path in _paths(call, home):
        if path not in real and len(real) < MAX_LOOKED_AT:
            real[path] = look.real_path(path)
    for action in call.actions:
        if action.verb not in (READ, WRITE) or UNKNOWN in action.target or UNKNOWN in action.base:
            continue
        path = asked_path(action, call.cwd, home)
        if GLOB in action.how and path not in globs:
            globs[path] = _expand(path)
            real.update((match, look.real_path(match)) for match in globs[path][0])
        elif (TREE in action.how or SEARCH in action.how) and denied is not None and path not in trees:
            trees[path] = _walk(path, denied, SEARCH in action.how)
    if unwritable is not None:
        for action in call.actions:
            if action.carries and action.verb == WRITE and UNKNOWN not in action.target and UNKNOWN not in action.base:
                _add_merged(trees, action, asked_path(action, call.cwd, home), unwritable, globs, (project, home))
        if any(action.verb == RUN and unnamed_writes.is_patch(action) for action in call.actions):
            _add_patched(trees, call, home, unwritable, places.all())
    _add_git_changes(trees, call, home, places)
    _add_laid_links(real, call, home, look)
    seen = {path: target for path, target in real.items() if normal(path) != target}
    facts = Facts(
        now=time.time(),
        project=project,
        home=home,
        real=seen,
        globs=globs,
        trees=trees,
        folded=sys.platform in ("darwin", "win32"),
    )
    return _with_guard(facts, call, places, look)


def _add_merged(
    trees: dict[str, Tree],
    action: Action,
    path: str,
    unwritable: Denied,
    globs: dict[str, Tree],
    roots: tuple[str, str],
) -> None:
    from gateway.host.merged_trees import is_merge, merged

    found = merged(action, path, unwritable, globs, roots) if is_merge(action) else None
    if found is not None:
        before, complete = trees.get(path, ((), True))
        trees[path] = (tuple(dict.fromkeys((*before, *found[0]))), complete and found[1])


def _add_patched(trees: dict[str, Tree], call: ToolCall, home: str, unwritable: Denied, places: dict[str, str]) -> None:
    """Add the files that a call's patches name in the folders they are applied in, of those that a policy or the guard
    speaks of.
    """
    from gateway.host.patch_files import patched_in

    def matters(path: str) -> bool:
        return unwritable(path) or any(below(path, place) is not None for place in places)

    for folder, found in patched_in(call, home, matters):
        before, complete = trees.get(folder, ((), True))
        trees[folder] = (tuple(dict.fromkeys((*before, *found))), complete)


def _add_git_changes(trees: dict[str, Tree], call: ToolCall, home: str, places: _Places) -> None:
    """Add what git commands that name no file would change of the guard's own files."""
    rewriting = [
        action for action in call.actions if action.verb == RUN and unnamed_writes.rewritten_folder(action) is not None
    ]
    if not rewriting:
        return
    from gateway.host.git_changes import changed_by

    for action in rewriting:
        changed = changed_by(action, call, home, places.all())
        if changed is not None:
            trees[unnamed_writes.change_key(action)] = changed


def _add_laid_links(real: dict[str, str], call: ToolCall, home: str, look: Look) -> None:
    """Follow the links that the call itself lays, where it writes through them: they are not on disk yet."""
    links = {}
    for action in call.actions:
        source = action.carries[0] if len(action.carries) == 1 else ""
        if (
            action.verb == WRITE
            and CREATE in action.how
            and source.startswith(FROM_FILE + ":/")
            and UNKNOWN not in action.target + action.base
        ):
            links[asked_path(action, call.cwd, home)] = _aim(
                asked_path(action, call.cwd, home), source.partition(":")[2], call.cwd
            )
    if not links:
        return
    for action in call.actions:
        if action.verb != WRITE or CREATE in action.how or UNKNOWN in action.target or UNKNOWN in action.base:
            continue
        raw, path = raw_path(action, call.cwd, home), asked_path(action, call.cwd, home)
        for link, aim in links.items():
            inside = below(path, link)
            if inside is not None:
                real[raw] = real[path] = look.real_path(f"{aim}/{inside}" if inside else aim)


def _aim(link: str, source: str, cwd: str) -> str:
    """Return what a link leads to: a relative one is relative to the link's own folder."""
    inside = below(source, cwd)
    beside = normal(f"{link.rpartition('/')[0]}/{inside}") if inside else ""
    return beside if beside and os.path.lexists(beside) else source


def _with_guard(facts: Facts, call: ToolCall, own: _Places, look: Look) -> Facts:
    """Return the facts with the places of the guard itself that the call comes near."""
    verbs = {action.verb for action in call.actions}
    if READ not in verbs and WRITE not in verbs and RUN not in verbs:
        return facts
    changes = WRITE in verbs or any(action.verb == RUN and unnamed_writes.rewrites(action) for action in call.actions)
    if not changes and READ not in verbs:
        return facts  # a program that names no file and rewrites none reaches no place
    linked = not changes and any(LINKED in action.how for action in call.actions)
    places = own.all() if changes or linked else key_places(look)
    near = reached(places, call, facts)
    return replaced(facts, guard=near) if near else facts


def _paths(call: ToolCall, home: str) -> list[str]:
    paths: dict[str, None] = {}
    for action in call.actions:
        if action.verb in (READ, WRITE) and GLOB not in action.how:
            paths[raw_path(action, call.cwd, home)] = None
        elif action.verb == RUN and action.words and "/" in action.words[0]:
            paths[absolute(action.words[0], action.base or call.cwd, home)] = None
        for source in action.carries:
            kind, _, path = source.partition(":")
            if kind == FROM_FILE and path.startswith("/"):
                paths[path] = None
    return [path for path in paths if UNKNOWN not in path and len(path) <= MAX_PATH and _follows(path)]


def _follows(path: str) -> bool:
    """Whether following the path stays on this machine's disk (no automount or network tree is touched for a
    verdict).
    """
    return not path.startswith(("/net/", "//"))


def _expand(pattern: str) -> tuple[tuple[str, ...], bool]:
    from gateway.host.directory_walk import expand

    return expand(pattern)


def _walk(folder: str, denied: Denied, searching: bool) -> tuple[tuple[str, ...], bool]:
    from gateway.host.directory_walk import denied_below

    return denied_below(folder, denied, ignoring=searching)
