"""Where Claude Code keeps what a session wrote: the transcript, its subagents' in three layouts, and forks beside
it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from gateway.host.user_folders import home
from gateway.model.errors import ProtocolError
from gateway.model.json_text import loads

HEAD = 262_144
"""Bytes at the start of a transcript in which its first response is looked for."""


def project_folders() -> list[str]:
    """Return the folders of all projects: below each of $CLAUDE_CONFIG_DIR (comma-separated), else in the usual
    places.
    """
    given = os.environ.get("CLAUDE_CONFIG_DIR", "")
    roots = [part.strip() for part in given.split(",") if part.strip()] or [
        f"{home()}/.claude",
        f"{home()}/.config/claude",
    ]
    folders = []
    for root in roots:
        folders += [
            f"{root}/projects/{name}" for name in _names(f"{root}/projects") if os.path.isdir(f"{root}/projects/{name}")
        ]
    return folders


def main_transcripts(folder: str) -> list[str]:
    """Return the transcripts of a project's sessions, without their subagents'."""
    return [f"{folder}/{name}" for name in _names(folder) if name.endswith(".jsonl") and not name.startswith("agent-")]


def session_of(path: str) -> str:
    """Return the session id that a transcript is named for."""
    return os.path.basename(path).removesuffix(".jsonl")


def subagent_transcripts(main: str) -> list[str]:
    """Return the transcripts of a session's subagents, whichever version wrote them."""
    folder = os.path.dirname(main) or "."
    session = session_of(main)
    transcripts = [f"{folder}/{session}/{name}" for name in _names(f"{folder}/{session}") if _is_agent(name)]
    for place, folders, names in os.walk(f"{folder}/{session}/subagents"):
        folders.sort()
        transcripts += [f"{place}/{name}" for name in sorted(names) if _is_agent(name)]
    mark = f'"sessionId":"{session}"'.encode()
    beside = [f"{folder}/{name}" for name in _names(folder) if _is_agent(name)]
    return transcripts + [path for path in beside if mark in head(path).replace(b'": "', b'":"')]


def agent_of(path: str) -> str:
    """Return the agent id that a subagent's transcript is named for."""
    return os.path.basename(path).removesuffix(".jsonl").removeprefix("agent-")


def agent_type(path: str) -> str:
    """Return what kind of agent a subagent's transcript is of, as the file beside it says; "" when none does."""
    try:
        with open(f"{path.removesuffix('.jsonl')}.meta.json", "rb") as file:
            told = loads(file.read(HEAD).decode("utf-8", "replace"))
    except (OSError, ProtocolError):
        return ""
    kind = told.get("agentType") if isinstance(told, dict) else None
    return kind if isinstance(kind, str) else ""


def lines_of(path: str) -> Iterator[bytes]:
    """Yield the lines of a file; nothing when it cannot be read."""
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError:
        return


def head(path: str) -> bytes:
    """Return the start of a file; empty when it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def _is_agent(name: str) -> bool:
    return name.startswith("agent-") and name.endswith(".jsonl")


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
