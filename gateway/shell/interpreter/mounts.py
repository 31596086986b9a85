"""Mounts: the files of this machine that a container finds under other names, told back by the names they have here.
Pure.
"""

from __future__ import annotations

from gateway.model.action import TREE, UNKNOWN
from gateway.model.globs import compile_pattern, match_segment, split_segments
from gateway.model.paths import absolute, below
from gateway.shell.values import Value, escaped

Mounts = tuple[tuple[str, str], ...]
"""(absolute name in the container, absolute path here; UNKNOWN where nobody can say)."""

MAX_MOUNTS = 100
"""Most mounts of one container that are followed; with more, it cannot be seen inside."""

_HOME = "/root"


def in_order(mounts: Mounts) -> Mounts:
    """Return mounts with those first that lie inside others: there they are what is found."""
    return tuple(sorted(mounts, key=lambda mount: -len(mount[0])))


def on_this_machine(value: Value, cwd: str, mounts: Mounts, how: tuple[str, ...]) -> Value | None:
    """Return a container's file as this machine names it, None where it is the container's own; the first mount that
    holds it counts.

    cwd  the container's working directory, absolute
    """
    path = absolute(value.text, cwd, _HOME)
    for inside, host in mounts:
        rest = _behind(absolute(value.glob, cwd, _HOME), inside) if value.glob else below(path, inside)
        if rest is not None:
            return _named(value, host, rest)
    for inside, host in mounts:
        if UNKNOWN in path and inside.startswith(path.partition(UNKNOWN)[0]):
            return _named(value, host, UNKNOWN)
        if TREE in how and below(inside, path) is not None:
            return _named(value, host, "")  # a walk from further up comes by
    return None


def _named(value: Value, host: str, rest: str) -> Value:
    """Return value with the name it has here: rest below host, "" for host itself."""
    root = host.rstrip("/")
    glob = f"{escaped(root)}/{rest}" if value.glob and rest else ""
    return Value(
        f"{root}/{rest}" if rest else host, glob=glob, sources=value.sources, splits=value.splits, span=value.span
    )


def _behind(pattern: str, inside: str) -> str | None:
    """Return what of an absolute pattern is left behind a folder it leads through, None when it does not."""
    segments = split_segments(pattern[1:])
    for part in inside.strip("/").split("/"):
        if segments[:1] == ["**"]:
            break
        if not segments or not match_segment(compile_pattern(segments[0])[0], part):
            return None
        segments = segments[1:]
    return "/".join(segments)
