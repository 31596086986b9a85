"""A session as columns: a few fixed-width numbers an event, its text beside them, and tables of what repeats. Pure.

What a page shows of an event is either a number here, or a piece of JSON in one of two streams of text: `bodies`, one
piece an event, and `frames`, which hold the verdict and the surroundings of a call and are shared by the events that
have the same.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable
from typing import Any

from gateway.analysis.call_outcomes import OUTCOMES, CallOutcomes, Settled
from gateway.analysis.command_intent import intent_of
from gateway.analysis.event_text import is_search, kind_of, mark_of, subject_of, tool_of
from gateway.analysis.phases import Phase, Phases
from gateway.model.errors import TraceError
from gateway.model.event import ERROR, NOTE, TOOL_CALL, TOOL_RESULT, Event
from gateway.traces.decode import encoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

LAYOUT = (
    ("time", "d"),
    ("took", "f"),
    ("end", "I"),
    ("parent", "I"),
    ("path", "I"),
    ("frame", "I"),
    ("phase", "H"),
    ("tool", "H"),
    ("track", "H"),
    ("type", "B"),
    ("verdict", "B"),
    ("kind", "B"),
    ("flags", "B"),
    ("outcome", "B"),
)
"""Columns and the width of their numbers, the widest first so that each begins where its width allows.

time     seconds since the epoch
took     milliseconds, NaN where nobody measured
end      where the event's body ends in `bodies`; it begins where the one before it ends
parent   number of the event it answers, 0 for none
path     its file, or what its command line is a try of, an entry of the table `paths`, 0 for none
frame    an entry of the table `frames`, 0 for none
phase    number of its phase, from 1
tool, track, type  entries of the tables of these names
verdict  an entry of VERDICTS
kind     an entry of KINDS
flags    REDACTED | SENSITIVE | SHADOW | EMPTY, a mark with nothing to say
outcome  an entry of CALL_OUTCOMES, of a call, as far as it was known when `settle` was called
"""
WIDTH = sum(array(code).itemsize for _, code in LAYOUT)
"""Bytes of an event beyond its text."""

VERDICTS = ("", "allow", "ask", "deny")
KINDS = ("", "run", "read", "write")
CALL_OUTCOMES = ("", *OUTCOMES)
_KIND = {kind: number for number, kind in enumerate(KINDS)}
REDACTED, SENSITIVE, SHADOW, EMPTY = 1, 2, 4, 8
MAX_BODIES = 1 << 30
"""Most bytes of text in one page; a browser could not hold much more."""
MAX_SHARED = 20_000
"""Most frames that are remembered at a time, to be shared by later events."""
_NARROW = 0xFFFF
_TOGETHER = 2048
_ASIDE = frozenset(
    ("tool_name", "tool_use_id", "request_id", "decision", "facts", "cwd", "permission_mode", "agent_id", "agent_type")
)


class Names:
    """A table of names, each once; the entry 0 is ""; what no longer fits is entry 0."""

    __slots__ = ("_numbers", "limit", "names")

    def __init__(self, limit: int = _NARROW) -> None:
        self.names = [""]
        self.limit = limit
        self._numbers = {"": 0}

    def number(self, name: str) -> int:
        """Return the number of a name."""
        number = self._numbers.get(name)
        if number is None:
            if len(self.names) > self.limit:
                return 0
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number


class Columns:
    """Takes events in, in the order of the page, and holds their columns and tables; their text is handed back to be
    put away.

    ends    where each frame ends in `frames`
    phases  (label, number of the first event) of each phase, from 1
    failed  numbers of the phases that failed, known when `settle` was called
    size    bytes of the bodies so far
    """

    def __init__(self) -> None:
        self.columns: dict[str, array[Any]] = {name: array(code) for name, code in LAYOUT}
        self.types, self.tools, self.tracks = Names(255), Names(), Names()
        self.paths = Names(1 << 32)
        self.ends = array("I", [0])
        self.phases: list[tuple[str, int]] = []
        self.size = 0
        self._rows: list[tuple[Any, ...]] = []
        self._count = 0
        self._frames: dict[bytes, int] = {}
        self._calls: dict[str, tuple[int, float]] = {}
        self._outcomes = CallOutcomes()
        self._came_to: dict[int, int] = {}
        self._numbers: dict[str, int] = {}
        self.failed: list[int] = []
        self._story = Phases()
        self._before = 0

    def __len__(self) -> int:
        return self._count

    @property
    def calls(self) -> int:
        """How many calls still wait for their result."""
        return len(self._calls)

    def begin(self) -> None:
        """Begin another session below the one before: its events answer and follow none of that one's."""
        self._calls = {}
        self.settle()
        self._outcomes = CallOutcomes()
        self._numbers = {}
        self._story = Phases()
        self._before = len(self.phases)

    def settle(self) -> None:
        """Take in how the phases and calls that are still open went; the session that they are of is over."""
        for settled in self._outcomes.rest():
            self._settle(settled)
        self._failures(self._story.rest())

    def _settle(self, settled: Settled) -> None:
        number = self._numbers.get(settled.id)
        if number is not None:
            self._came_to[number] = CALL_OUTCOMES.index(settled.outcome)

    def _failures(self, settled: Iterable[Phase]) -> None:
        self.failed += [self._before + phase.number for phase in settled if phase.failed]

    def add(self, event: Event, track: str = "", *, marked: bool = False) -> tuple[bytes, bytes]:
        """Take one event of a track in; return its body and its frame ("" when an earlier event has the same). Raises
        TraceError.
        """
        data = event.data
        number = self._count = self._count + 1
        body = encoded({key: value for key, value in data.items() if key not in _ASIDE})
        self.size += len(body)
        if self.size > MAX_BODIES:
            raise TraceError(
                "the session is too large for one page", "share a subagent's session by itself, or export it as NDJSON"
            )
        self._failures(self._story.add(event))
        settled = self._outcomes.add(event)
        if settled is not None:
            self._settle(settled)
            self._numbers.pop(settled.id, None)
        if event.type == TOOL_CALL and event.id:
            self._numbers[event.id] = number
        story, phases = self._story, self.phases
        if self._before + story.count > len(phases) and len(phases) < _NARROW:
            phases.append((story.label, number))
        elif len(phases) == self._before + story.count and phases[-1][0] != story.label:
            phases[-1] = (story.label, phases[-1][1])
        decision = data.get("decision")
        verdict, flags = _verdict(decision if isinstance(decision, dict) else {})
        frame, fresh = self._frame(data, decision)
        kind = kind_of(event) if event.type == TOOL_CALL else ""
        parent, took = self._answered(event, number)
        tool = data.get("tool_name")
        values = (
            event.timestamp if math.isfinite(event.timestamp) else 0.0,
            took,
            self.size,
            parent,
            self.paths.number(_about(event, kind)),
            frame,
            len(self.phases),
            self.tools.number(tool if isinstance(tool, str) else ""),
            self.tracks.number(track or _agent(data)),
            self.types.number(event.type),
            verdict,
            _KIND[kind],
            flags | (REDACTED if marked else 0) | (EMPTY if event.type == NOTE and not mark_of(event) else 0),
            0,
        )
        self._rows.append(values)
        if len(self._rows) >= _TOGETHER:
            self._flush()
        return body, fresh

    def _flush(self) -> None:
        """Put the rows that are held into their columns; many at once cost a fraction of one by one."""
        for column, values in (
            zip(self.columns.values(), zip(*self._rows, strict=True), strict=True) if self._rows else ()
        ):
            column.extend(values)
        self._rows.clear()

    def _answered(self, event: Event, number: int) -> tuple[int, float]:
        """Return (the number of the event that this one answers, how long that took)."""
        took = math.nan if event.duration_ms is None else event.duration_ms
        if event.type == TOOL_CALL:
            if event.id:
                self._calls[event.id] = (number, event.timestamp)
            return 0, took
        if not event.parent or event.type not in (TOOL_RESULT, ERROR):
            return 0, took
        call = self._calls.pop(event.parent, None)
        if call is None:
            return 0, took
        if took != took and event.timestamp >= call[1] > 0:
            took = (event.timestamp - call[1]) * 1000
        return call[0], took

    def _frame(self, data: JsonObject, decision: object) -> tuple[int, bytes]:
        """Return (the number of the event's frame, its text when it is a new one)."""
        get = data.get
        around = (get("cwd"), get("permission_mode"), get("agent_id"), get("agent_type"))
        if decision is None and not any(around):
            return 0, b""
        key = encoded((decision, around))
        frame = self._frames.get(key)
        if frame is not None:
            return frame, b""
        if len(self._frames) >= MAX_SHARED:
            self._frames.clear()
        number = self._frames[key] = len(self.ends)
        text = encoded(framed(decision, around))
        self.ends.append(self.ends[-1] + len(text))
        return number, text

    def raw(self) -> list[tuple[str, str, bytes]]:
        """Return (name, type code, little-endian bytes) of each column, and of the frames' ends."""
        self._flush()
        outcomes = self.columns["outcome"]
        for number, outcome in self._came_to.items():
            outcomes[number - 1] = outcome
        found: list[tuple[str, str, bytes]] = []
        for name, column in (*self.columns.items(), ("ends", self.ends)):
            if sys.byteorder == "big":
                column.byteswap()
            found.append((name, column.typecode, column.tobytes()))
            if sys.byteorder == "big":
                column.byteswap()
        return found


def framed(decision: object, around: tuple[object, ...]) -> list[object]:
    """Return the verdict and the surroundings of an event as a list without keys.

    `[[effect, shadow, revision, reasons, obligations, sensitive] | null, cwd, permission mode, agent id, agent type]`,
    a reason being `[effect, rule, source, text, hint, action, shadow]`.
    """
    names = [_text(item) for item in around]
    if not isinstance(decision, dict):
        return [None, *names]
    reasons = [
        [
            *(_text(item.get(key)) for key in ("effect", "rule", "source", "text", "hint")),
            item.get("action", -1),
            item.get("shadow") is True,
        ]
        for item in _list(decision.get("reasons"))
        if isinstance(item, dict)
    ]
    parts: list[object] = [
        _text(decision.get("effect")),
        _text(decision.get("shadow")),
        _text(decision.get("revision")),
        reasons,
    ]
    sensitive = [item for item in _list(decision.get("sensitive")) if isinstance(item, str)]
    return [[*parts, _list(decision.get("obligations")), sensitive], *names]


def _verdict(decision: JsonObject) -> tuple[int, int]:
    """Return (number of the verdict, what is to be marked about it)."""
    if not decision:
        return 0, 0
    effect = decision.get("effect")
    flags = (SENSITIVE if decision.get("sensitive") else 0) | (SHADOW if decision.get("shadow") else 0)
    return (VERDICTS.index(effect) if effect in VERDICTS else 0), flags


def _about(event: Event, kind: str) -> str:
    """Return the file of a call, or what its command line is a try of; "" for anything else, also for a search."""
    if kind == "run":
        return intent_of(subject_of(event, 2000))[:200]
    return subject_of(event) if kind and not is_search(tool_of(event)) else ""


def _agent(data: JsonObject) -> str:
    """Return the track of a subagent whose events stand in its parent's session."""
    agent = data.get("agent_id")
    if not isinstance(agent, str) or not agent:
        return ""
    kind = data.get("agent_type")
    return f"{kind} {agent}" if isinstance(kind, str) and kind else agent


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
