"""Entries in one line each, and files of sessions, for the tests of every format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gateway.doors.transcripts.session import Called, Entry, Finished, Returned


def row(entry: Entry) -> tuple[Any, ...]:
    """Return what an entry says, without its time."""
    if isinstance(entry, Called):
        return ("call", entry.call.tool, entry.call.arguments, entry.call.id)
    if isinstance(entry, Returned):
        return ("failed" if entry.result.failed else "result", entry.result.tool, entry.result.output, entry.result.id)
    said = {key: value for key, value in entry.data.items() if key not in ("mode", "provider", "cwd", "transcript_path", "reason")}
    return (entry.kind, said)


def rows(finished: Finished) -> list[tuple[Any, ...]]:
    """Return what a session says, without its frame."""
    return [row(entry) for entry in finished.entries()][1:-1]


def write_lines(path: Path, *lines: Any) -> str:
    """Write one JSON value a line; return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return str(path)
