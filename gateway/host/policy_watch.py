"""What a checkpoint that lives on keeps between calls: policies while none of their files changes, and where projects
begin.
"""

from __future__ import annotations

import os
import time

from gateway.host.locations import anchor, own_store
from gateway.host.policy_files import load_watched, mark_of

AGE = 0.05
"""Seconds that a policy may be old where no call is judged by it: for what is cleaned, and for what is shown."""
ROOT_AGE = 1.0
"""Seconds after which a project's root, and its store, are looked for again."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy

    Marks = list[tuple[str, tuple[int, ...] | None]]


class WatchedFolders:
    """The policies, project roots and stores of the folders that calls come from."""

    __slots__ = ("_explicit", "_folders", "_kept", "_roots", "_stores")

    def __init__(self, folders: tuple[str, ...], explicit: str) -> None:
        self._folders = folders
        self._explicit = explicit
        self._kept: dict[str, tuple[CompiledPolicy, Marks, float]] = {}
        self._roots: dict[str, tuple[str, float]] = {}
        self._stores: dict[str, tuple[str, float]] = {}

    def policy(self, cwd: str, *, exact: bool) -> CompiledPolicy:
        """Return the policy that holds for calls from a folder: at this moment, or a moment ago. Raises PolicyError."""
        now = time.monotonic()
        kept = self._kept.get(cwd)
        if kept is not None and not exact and now - kept[2] < AGE:
            return kept[0]
        if kept is None or not unchanged(kept[1]):
            self._kept.pop(cwd, None)
            self._roots.clear()
            self._stores.clear()
            policy, marks = load_watched((*self._folders, cwd), explicit=self._explicit)
            kept = (policy, condensed(marks), now)
        self._kept[cwd] = (kept[0], kept[1], now)
        return kept[0]

    def project(self, cwd: str) -> str:
        """Return the project root of calls from a folder: the client's own project wherever it was started.

        A policy that was named means the paths of the first folder, whatever lies above it.
        """
        if self._explicit and self._folders:
            return self._folders[0]
        return self.root(self._folders[0] if self._folders else cwd)

    def root(self, folder: str) -> str:
        """Return the project root of a folder."""
        now = time.monotonic()
        root = self._roots.get(folder)
        if root is None or now - root[1] > ROOT_AGE:
            root = self._roots[folder] = (anchor(folder), now)
        return root[0]

    def store(self, folder: str) -> str:
        """Return the store that calls from a folder are recorded in. Raises TraceError where that is somebody
        else's.
        """
        now = time.monotonic()
        store = self._stores.get(folder)
        if store is None or now - store[1] > ROOT_AGE:
            store = self._stores[folder] = (own_store(folder), now)
        return store[0]


def condensed(marks: Marks) -> Marks:
    """Return marks in which files whose folder is missing too are one: the folder, which must be there before any of
    them.
    """
    found: dict[str, tuple[int, ...] | None] = {}
    for path, mark in marks:
        place, parent = path, os.path.dirname(path)
        while mark is None and parent != place and not os.path.lexists(parent):
            place, parent = parent, os.path.dirname(parent)
        found[place] = mark
    return list(found.items())


def unchanged(marks: Marks) -> bool:
    """Whether every file that a policy depends on looks as it did; asking for one that is not there costs half of a
    look at it.
    """
    return all(mark_of(path) == mark if mark is not None else not os.access(path, os.F_OK) for path, mark in marks)
