"""The place on disk that a path leads to: links followed as the kernel follows them. Knows nothing of calls or policies."""

from __future__ import annotations

from gateway.lane_os import os
from gateway.model.paths import normal

MAX_LINKS = 40
"""Most links that are followed for one path, as many as the kernel does (path_resolution(7))."""


def real_path(path: str) -> str:
    """Return an absolute path with symlinks followed as far as they exist; `..` is resolved as the kernel does."""
    done = ""
    todo = [part for part in path.split("/") if part][::-1]
    links = 0
    while todo:
        part = todo.pop()
        if part == ".":
            continue
        if part == "..":
            done = done[: done.rfind("/")] if done else ""
            continue
        step = f"{done}/{part}"
        try:
            target = os.readlink(step)
        except (OSError, ValueError):
            done = step
            continue
        links += 1
        if links > MAX_LINKS:
            return normal(path)
        if target.startswith("/"):
            done = ""
        todo += [piece for piece in target.split("/") if piece][::-1]
    return done or "/"
