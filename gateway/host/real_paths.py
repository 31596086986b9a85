"""The place on disk that a path leads to: links followed as the kernel follows them. Knows nothing of calls or
policies.
"""

from __future__ import annotations

from gateway.lane_os import os
from gateway.model.paths import normal

MAX_LINKS = 40
"""Most links that are followed for one path, as many as the kernel does (path_resolution(7))."""

_MAX_KNOWN = 4096
"""Most folders that one look remembers."""


class Look:
    """Paths followed on disk at one moment: what two of them begin with is followed once. Not kept from one call to the
    next.
    """

    __slots__ = ("_known", "_targets")

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, int]] = {}
        self._targets: dict[str, str] = {}

    def link(self, path: str) -> str:
        """Return where a link points to, as it is written; "" of what is none."""
        target = self._targets.get(path)
        if target is None:
            try:
                target = os.readlink(path)
            except (OSError, ValueError):
                target = ""
            if len(self._targets) < _MAX_KNOWN:
                self._targets[path] = target
        return target

    def real_path(self, path: str) -> str:
        """Return an absolute path with symlinks followed as far as they exist; `..` is resolved as the kernel does."""
        known = self._known
        place, written = ("", 0), ""
        for part in path.split("/"):
            if not part:
                continue
            written += "/" + part
            step = known.get(written)
            if step is None:
                step = self._step(*place, part)
                if step[1] > MAX_LINKS:
                    return normal(path)
                if len(known) < _MAX_KNOWN:
                    known[written] = step
            place = step
        return place[0] or "/"

    def _step(self, folder: str, links: int, name: str) -> tuple[str, int]:
        """Return (where a name in a real folder leads to, links followed so far) with the links followed on the way to
        the folder.
        """
        todo = [name]
        while todo:
            part = todo.pop()
            if part == ".":
                continue
            if part == "..":
                folder = folder[: folder.rfind("/")] if folder else ""
                continue
            path = f"{folder}/{part}"
            target = self.link(path)
            if not target:
                folder = path
                continue
            links += 1
            if links > MAX_LINKS:
                break
            if target.startswith("/"):
                folder = ""
            todo += [piece for piece in target.split("/") if piece][::-1]
        return folder, links


def real_path(path: str) -> str:
    """Return an absolute path with symlinks followed as far as they exist; `..` is resolved as the kernel does."""
    return Look().real_path(path)
