"""The place on disk that a path leads to: links followed as the kernel follows them. Knows nothing of calls or policies."""

from __future__ import annotations

from gateway.lane_os import os
from gateway.model.paths import normal

MAX_LINKS = 40
"""Most links that are followed for one path, as many as the kernel does (path_resolution(7))."""

_MAX_KNOWN = 4096
"""Most folders that one look remembers."""


class Look:
    """Paths followed on disk at one moment: what two of them begin with is followed once. Not kept from one call to the next."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, int]] = {}

    def real_path(self, path: str) -> str:
        """Return an absolute path with symlinks followed as far as they exist; `..` is resolved as the kernel does."""
        known = self._known
        folder, slash, name = path.rpartition("/")
        start = known.get(folder) if folder else None
        if start is None:
            followed, links, written, parts = "", 0, "", path.split("/")
        else:
            (followed, links), written, parts = start, folder, [name]
        for part in parts:
            if not part:
                continue
            followed, links = _step(followed, part, links)
            if links > MAX_LINKS:
                return normal(path)
            written += "/" + part
            if len(known) < _MAX_KNOWN:
                known[written] = followed, links
        return followed or "/"


def real_path(path: str) -> str:
    """Return an absolute path with symlinks followed as far as they exist; `..` is resolved as the kernel does."""
    return Look().real_path(path)


def _step(folder: str, name: str, links: int) -> tuple[str, int]:
    """Return (where a name in a real folder leads to, links followed so far)."""
    todo = [name]
    while todo:
        part = todo.pop()
        if part == ".":
            continue
        if part == "..":
            folder = folder[: folder.rfind("/")] if folder else ""
            continue
        path = f"{folder}/{part}"
        try:
            target = os.readlink(path)
        except (OSError, ValueError):
            folder = path
            continue
        links += 1
        if links > MAX_LINKS:
            break
        if target.startswith("/"):
            folder = ""
        todo += [piece for piece in target.split("/") if piece][::-1]
    return folder, links
