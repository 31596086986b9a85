"""Deletions in script languages: what code deletes that it came upon in a folder lies in that folder. Pure."""

from __future__ import annotations

from gateway.model.action import DELETE, LIST, READ, TREE, UNKNOWN, WRITE
from gateway.shell.usage import Effect
from gateway.shell.values import Value

_WILD = "*?[{"


def confined_deletions(effects: list[Effect]) -> tuple[Effect, ...]:
    """Return effects in which a file that is deleted, and is only known when the code runs, is one below a folder that
    the code looks through.
    """
    folders = dict.fromkeys(
        _folder(effect.value.text) for effect in effects if effect.verb == READ and LIST in effect.how
    )
    below = [
        Effect(WRITE, Value(f"{folder.rstrip('/')}/{UNKNOWN}"), (DELETE, TREE))
        for folder in folders
        if UNKNOWN not in folder
    ]
    if not below:
        return tuple(effects)
    confined: list[Effect] = []
    for effect in effects:
        unknown = effect.verb == WRITE and DELETE in effect.how and effect.value.text.startswith(UNKNOWN)
        confined += below if unknown else [effect]
    return tuple(confined)


def _folder(pattern: str) -> str:
    """Return the folder that a pattern starts from: all of it where it has no wildcard."""
    at = min((pattern.find(char) for char in _WILD if char in pattern), default=-1)
    return pattern if at < 0 else (pattern[:at].rpartition("/")[0] + "/" if "/" in pattern[:at] else ".")
