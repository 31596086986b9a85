"""Integrity: what the chain of a record, and what stands beside it, tell of whether it is whole; and what nothing
tells.

Whoever can write the store can also empty a record, cut its end off or take its hashes out: then no line contradicts
another. What was noted elsewhere may still say so (`meta.json`, `tally.json`, the verdicts themselves); where nothing
does, the record is not called whole.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from gateway.model.event import ERROR, LLM_REQUEST, SESSION_END, SESSION_START, TOOL_CALL
from gateway.traces.decode import head, json_object, link, parsed
from gateway.traces.hash_chain import Chain
from gateway.traces.reader import EVENTS, META, lines, meta

TALLY = "tally.json"
_COUNTED = {"tool_calls": TOOL_CALL, "errors": ERROR, "llm_requests": LLM_REQUEST}
"""What a session's meta data may count, and the events it counts."""
_COUNTED_WORDS = {"tool_calls": "tool calls", "errors": "errors", "llm_requests": "model requests"}


@dataclass(frozen=True, slots=True)
class Integrity:
    """What can be said of one record.

    events     events that it holds
    problem    what shows that it was changed, or ""
    unchecked  why it cannot be told whether it is whole, or ""
    remarks    what else could not be checked
    """

    events: int
    problem: str = ""
    unchecked: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every line was checked and nothing speaks against it."""
        return not self.problem and not self.unchecked


class _Seen:
    """What goes by when a record is read once."""

    def __init__(self) -> None:
        self.chain = Chain()
        self.lines = self.events = self.hashed = self.size = 0
        self.bare: list[int] = []
        self.types: dict[str, int] = {}
        self.problem = ""
        self.last = ""
        self.torn = False

    def add(self, line: bytes) -> None:
        self.size += len(line)
        if not line.strip():
            return
        self.lines += 1
        readable, expected = link(line)
        self.chain.add(line, expected, readable=readable)
        self.hashed += expected is not None
        self.torn = not line.endswith(b"\n")
        found = head(line)
        if found is not None:
            self.events += 1
            self.last = found[0]
            self.types[found[0]] = self.types.get(found[0], 0) + 1
        if expected is None and self.lines > 1 and readable:
            self.bare.append(self.lines)
            if not self.problem and _is_ours(line):
                self.problem = (
                    f"line {self.lines} holds a verdict and lacks the hash of the line before it:"
                    " the hashes were taken out"
                )


def integrity(store: str, session: str) -> Integrity:
    """Return what can be said of a session's record. Raises TraceError when it cannot be read."""
    seen = _Seen()
    for _, line in lines(store, session):
        seen.add(line)
    noted = meta(store, session)
    problem = seen.chain.problem or seen.problem or _contradicted(seen, noted, f"{store}/{session}")
    return Integrity(seen.events, problem, _unchecked(seen), tuple(_remarks(seen, noted)))


def without_events(store: str) -> list[str]:
    """Return the sessions of a store that have meta data and no record."""
    try:
        with os.scandir(store) as entries:
            events = [
                entry.name
                for entry in entries
                if entry.name.isprintable() and os.path.isfile(f"{store}/{entry.name}/{META}")
            ]
    except OSError:
        return []
    return sorted(name for name in events if not os.path.lexists(f"{store}/{name}/{EVENTS}"))


def _is_ours(line: bytes) -> bool:
    """Whether a line holds a verdict under a policy: this gateway wrote it, and writes none but the first without a
    hash.
    """
    event = parsed(line)
    decision = event.data.get("decision") if event is not None else None
    return isinstance(decision, dict) and bool(decision.get("revision"))


def _contradicted(seen: _Seen, noted: dict[str, object], folder: str) -> str:
    """Return what is noted beside a record and does not fit it, or ""."""
    if not seen.lines and noted:
        return f"the record is empty, though {META} tells of a session"
    for key, kind in _COUNTED.items():
        counted, held = noted.get(key), seen.types.get(kind, 0)
        if isinstance(counted, int) and counted > held:
            return f"{META} counts {counted} {_COUNTED_WORDS[key]}, the record holds {held}: lines are missing"
    if not noted and seen.types.get(SESSION_START):
        return f"the session has a beginning and no {META}, which is written before it"
    offset = _tallied(folder)
    if offset > seen.size:
        return f"{TALLY} was made when the record had {offset} bytes, it has {seen.size}: lines are missing"
    return ""


def _tallied(folder: str) -> int:
    try:
        with open(f"{folder}/{TALLY}", "rb") as file:
            offset = json_object(file.read()).get("offset")
    except OSError:
        return 0
    return offset if isinstance(offset, int) else 0


def _unchecked(seen: _Seen) -> str:
    if not seen.lines:
        return "the record is empty: there is nothing to check"
    if seen.lines > 1 and not seen.hashed:
        return "no line carries the hash of the line before it: another tool or version wrote the record, or they were taken out"
    if seen.bare:
        return (
            f"lines 2 to {seen.bare[-1]} carry no hash of the line before"
            if len(seen.bare) > 1
            else f"line {seen.bare[0]} carries no hash"
        )
    return ""


def _remarks(seen: _Seen, noted: dict[str, object]) -> list[str]:
    remarks = []
    if seen.lines == 1:
        remarks.append("it is a single line, of which no hash speaks")
    if seen.lines and seen.last != SESSION_END:
        remarks.append("the session has no end: whether lines are missing there cannot be told")
    if not noted:
        remarks.append(f"there is no {META} to compare it with")
    if seen.torn:
        remarks.append("its last line is torn")
    return remarks
