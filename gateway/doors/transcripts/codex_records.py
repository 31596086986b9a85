"""The records of Codex's rollouts, whichever version wrote them, and which of them a fork only copied.

Up to 0.31 a rollout was bare: `{id, timestamp, instructions, git}`, then response items without wrapper and time,
`{record_type}` between them. A fork begins with its own `session_meta`, then holds its parent's history, with the
parent's times or with the moment of the fork.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from gateway.doors.transcripts.session import json_lines, seconds, text_at, text_in
from gateway.traces.decode import foreign_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

META = "session_meta"
_ITEMS = ("message", "reasoning", "web_search_call")
"""Response items of bare rollouts, besides the calls and their outputs."""
_GAP_SECONDS = 1.0
"""Longest pause between two records of a copied history; a request to a model takes longer."""
_CONTEXT_LINES = 20
"""Records at the start of a bare rollout in which its folder is told."""
_FOLDER = re.compile(r"<cwd>\s*(/[^<\n]*?)\s*</cwd>|Current working directory: (/[^\n]*)")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: when (seconds since the epoch, 0.0 where it does not say), what kind, and what it holds."""

    at: float
    kind: str
    payload: JsonObject = field(default_factory=dict)


def is_rollout(path: str, start: bytes) -> bool:
    """Whether a file that starts so is a rollout, of either form."""
    if not path.endswith(".jsonl"):
        return False
    if b'"session_meta"' in start and b'"payload"' in start:
        return True
    line, whole, _ = start.partition(b"\n")
    first = foreign_object(line)
    if first is None:  # instructions may be longer than what was looked at
        return not whole and os.path.basename(path).startswith("rollout-") and b'"instructions"' in start
    return _is_bare_meta(first)


def _is_bare_meta(line: JsonObject) -> bool:
    return (
        "type" not in line
        and bool(text_at(line, "id") and text_at(line, "timestamp"))
        and ("instructions" in line or "git" in line)
    )


def records(path: str) -> Iterator[Record]:
    """Yield what a rollout holds, wrapped or bare. Raises OSError."""
    for line in json_lines(path):
        kind = text_at(line, "type")
        if isinstance(line.get("payload"), dict):
            yield Record(seconds(line.get("timestamp")), kind, line["payload"])
        elif kind in _ITEMS or kind.endswith(("_call", "_call_output")):
            yield Record(seconds(line.get("timestamp")), "response_item", line)
        elif _is_bare_meta(line):
            yield Record(seconds(line["timestamp"]), META, line)


def meta_of(path: str) -> JsonObject:
    """Return what a rollout's first record says of its session, with the folder that a bare one tells elsewhere. Raises
    OSError.
    """
    rest = records(path)
    first = next(rest, None)
    if first is None or first.kind != META:
        return {}
    if text_at(first.payload, "cwd") or "instructions" not in first.payload:
        return first.payload
    for record, _ in zip(rest, range(_CONTEXT_LINES), strict=False):
        match = _FOLDER.search(text_in(record.payload.get("content"))) if record.payload.get("role") == "user" else None
        if match:
            return {**first.payload, "cwd": match[1] or match[2].rstrip()}
    return first.payload


@dataclass(frozen=True, slots=True)
class Copied:
    """What a rollout copied from another session: its name, "" when nothing, and how many records at the start."""

    session: str = ""
    records: int = 0


def copied(path: str) -> Copied:
    """Return what a rollout copied from the session that it was forked from. Raises OSError."""
    start = records(path)
    first, second = next(start, None), next(start, None)
    if first is None or first.kind != META:
        return Copied()
    own = text_at(first.payload, "id") or text_at(first.payload, "session_id")
    origin = text_at(first.payload, "forked_from_id")
    if not origin and second is not None and second.kind == META:
        origin = text_at(second.payload, "id")  # older forks only hold the other's first record
    if not origin or origin == own:
        return Copied()
    parent = _rollout_of(path, origin)
    count = _held_by(parent, path) if parent else 0
    return Copied(origin, count or _at_once(path, first))


def _rollout_of(path: str, session: str) -> str:
    """Return the rollout of another session beside this one, "" when it is gone."""
    folder = os.path.dirname(os.path.abspath(path))
    above, is_below, _ = folder.rpartition("/sessions")
    roots = [f"{above}/sessions", f"{above}/archived_sessions"] if is_below else [folder]
    for root in roots:
        for place, _, names in os.walk(root):
            for name in names:
                if name.startswith("rollout-") and name.endswith(f"{session}.jsonl"):
                    return f"{place}/{name}"
    return ""


def _held_by(parent: str, path: str) -> int:
    """Return how many records at the start of a fork its parent holds as well, in the same order."""
    places: dict[bytes, list[int]] = {}
    try:
        for number, record in enumerate(records(parent)):
            places.setdefault(_digest(record), []).append(number)
    except OSError:
        return 0
    count, reached = 0, -1
    for number, record in enumerate(records(path)):
        if number == 0:
            continue
        where = places.get(_digest(record), [])
        at = bisect_right(where, reached)
        if at < len(where):
            count, reached = number + 1, where[at]
        elif record.kind != META:
            break
    return count


def _digest(record: Record) -> bytes:
    text = json.dumps([record.kind, record.payload], sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=12).digest()


def _at_once(path: str, first: Record) -> int:
    """Return how many records at the start are from before the fork, or were written in one go with its first."""
    last = max(first.at, seconds(first.payload.get("timestamp")))
    count = 0
    for number, record in enumerate(records(path)):
        if record.at > last + _GAP_SECONDS:
            break
        last, count = max(last, record.at), number + 1
    return count if count > 1 else 0
