"""Folders in script languages: what code deletes that it found in a folder lies in that folder. Pure."""

from __future__ import annotations

from gateway.model.action import DELETE, LIST, READ, TREE, UNKNOWN, WRITE
from gateway.shell.usage import Effect
from gateway.shell.values import Value

_WILD = "*?[{"


def found_there(effects: list[Effect]) -> tuple[Effect, ...]:
    """Return effects in which a file that is deleted, and is only known when the code runs, is one below a folder that the code looks through."""
    folders = dict.fromkeys(_folder(one.value.text) for one in effects if one.verb == READ and LIST in one.how)
    below = [Effect(WRITE, Value(f"{folder.rstrip('/')}/{UNKNOWN}"), (DELETE, TREE)) for folder in folders if UNKNOWN not in folder]
    if not below:
        return tuple(effects)
    found: list[Effect] = []
    for one in effects:
        found += below if one.verb == WRITE and DELETE in one.how and one.value.text.startswith(UNKNOWN) else [one]
    return tuple(found)


def _folder(pattern: str) -> str:
    """Return the folder that a pattern starts from: all of it where it has no wildcard."""
    at = min((pattern.find(char) for char in _WILD if char in pattern), default=-1)
    return pattern if at < 0 else (pattern[:at].rpartition("/")[0] + "/" if "/" in pattern[:at] else ".")
