"""The usage that Claude Code's own transcript tells of a session: the main file, its subagents', and which of it
belongs to another session.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from gateway.analysis.usage.claude import Told, key_of, parsed, uses_in
from gateway.analysis.usage.tokens import Use, counted_once
from gateway.host.claude_files import head, lines_of, main_transcripts, session_of, subagent_transcripts


def transcript_uses(main: str) -> list[Use]:
    """Return every request of a session once; those that it only copied from another session say which."""
    elsewhere = requests_elsewhere(main)
    return counted_once(_marked(use, elsewhere) for use in _all(main))


def _all(main: str) -> Iterator[Use]:
    yield from uses_in(lines_of(main))
    for path in subagent_transcripts(main):
        yield from uses_in(lines_of(path), aside=True)


def _marked(use: Use, elsewhere: dict[str, str]) -> Use:
    other = elsewhere.get(use.key)
    return Use(use.key, use.at, use.model, use.tokens, fast=use.fast, aside=use.aside, shared=other) if other else use


def requests_elsewhere(main: str) -> dict[str, str]:
    """Return request -> session for those that this transcript tells of but that another session beside it made.

    A fork and an old-style resume start with a copy: so only transcripts whose first request is one of ours, or which
    hold our first, are read whole.
    """
    siblings = [
        path for path in main_transcripts(os.path.dirname(main) or ".") if path != main and not _same(path, main)
    ]
    first = _first(main)
    if not siblings or not first:
        return {}
    ours: Told | None = None
    requests: dict[str, str] = {}
    for path in siblings:
        beginning = _first(path)
        if not beginning or (beginning != first and not _holds(main, beginning) and not _holds(path, first)):
            continue
        ours = ours or Told(lines_of(main))
        theirs = Told(lines_of(path))
        if not ours.owns(theirs):
            for key in ours.ids.keys() & theirs.ids.keys():
                requests.setdefault(key, session_of(path))
    return requests


def _same(path: str, other: str) -> bool:
    return os.path.realpath(path) == os.path.realpath(other)


def _first(path: str) -> str:
    """Return the first request that a transcript tells of, "" when its start tells of none."""
    for line in head(path).splitlines():
        value = parsed(line) if b'"assistant"' in line else None
        if value is not None and value.get("type") == "assistant":
            return key_of(value)
    return ""


def _holds(path: str, request: str) -> bool:
    """Whether a transcript mentions a request near its start."""
    return request.encode() in head(path)
