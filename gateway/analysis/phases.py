"""Phases of a session: what the agent set out to do, how it went, what it did again. Pure; holds one phase at a
time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gateway.analysis.command_intent import BUILD, COMMIT, TESTS, intent_of
from gateway.analysis.event_text import is_search, kind_of_tool, one_line, subject_of, text_of
from gateway.analysis.session_clock import Clock
from gateway.model.event import ERROR, TOOL_CALL, TOOL_RESULT, USER_PROMPT, Event

_GAP = 300.0
"""Seconds without an event after which something new begins."""
MAX_DEEDS = 1_000
"""Most calls of one phase that are kept; all are counted."""
MAX_FAILED = 10_000
"""Most failed commands that are remembered for their retries."""
_AIMS = (TESTS, BUILD, COMMIT)


@dataclass(slots=True)
class Deed:
    """One call of a phase: what it did, whether it failed, whether it was a retry of one that had; `took` is in
    seconds.
    """

    number: int
    tool: str
    kind: str
    text: str
    failed: bool = False
    retry: bool = False
    took: float = 0.0


@dataclass(slots=True)
class Phase:
    """A stretch of a session with one aim; times are seconds since the session began.

    failed   its last try did not succeed
    deeds    its first MAX_DEEDS calls
    calls    how many it had
    retries  how many of them were tried again after they had failed
    lost     seconds in tries that failed
    """

    label: str
    start: float
    end: float
    number: int = 0
    first: int = 0
    events: int = 0
    calls: int = 0
    errors: int = 0
    retries: int = 0
    blocked: int = 0
    lost: float = 0.0
    failed: bool = False
    deeds: list[Deed] = field(default_factory=list)
    read: dict[str, None] = field(default_factory=dict)
    written: dict[str, None] = field(default_factory=dict)
    searched: dict[str, None] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end - self.start

    @property
    def wasted(self) -> float:
        """Seconds that came to nothing: all of a phase that failed, else its failed tries."""
        return self.seconds if self.failed else min(self.lost, self.seconds)


class Beginnings:
    """Tells, event by event, where a phase begins.

    A prompt begins one; a first test run, build or commit does; another way to do it after the first had failed does; a
    long silence does.

    at    seconds since the session began, of the event told last
    aim   what the last call is a try of
    text  what it is about
    tool  its tool, and `kind` what that does
    """

    __slots__ = ("_call", "_clock", "_deeds", "_failed", "_label", "_tried", "aim", "at", "kind", "text", "tool")

    def __init__(self) -> None:
        self.at = 0.0
        self.aim = ""
        self.kind = ""
        self.text = ""
        self.tool = ""
        self._clock = Clock()
        self._label = ""
        self._deeds = False
        self._call = ""
        self._tried = ""
        self._failed = False

    def label(self, event: Event) -> str | None:
        """Return the label of the phase that begins with the next event, None when none begins."""
        before = self.at
        self.at = at = self._clock.at(event.timestamp)
        kind = event.type
        if kind == TOOL_CALL:
            label = self._call_label(event, at - before > _GAP)
        elif kind == USER_PROMPT:
            label = one_line(text_of(event), 60) or "a prompt"
        else:
            if event.parent and event.parent == self._call:
                self._failed = kind == ERROR
            label = None if self._label else "start"
        if label is not None:
            self._label = label
            self._deeds = False
        if kind == TOOL_CALL:
            self._deeds = True
        return label

    def _call_label(self, event: Event, silent: bool) -> str | None:
        tool = event.data.get("tool_name")
        self.tool = tool = tool if type(tool) is str else ""
        self.kind = kind = kind_of_tool(tool)
        self.text = text = subject_of(event, 160)
        self.aim = aim = intent_of(text) if kind == "run" else text
        if kind != "run" or aim not in _AIMS:
            if not self._label:
                return "start"
            return one_line(f"{tool} {text}", 60) if silent else None
        other_way = self._failed and text != self._tried and self._label == aim
        self._call, self._tried, self._failed = event.id, text, False
        if not self._label or (self._deeds and (self._label != aim or other_way)) or silent:
            return aim
        return None


class _Unsettled:
    """Calls that have no result yet, and commands whose last try failed."""

    __slots__ = ("calls", "failed")

    def __init__(self) -> None:
        self.calls: dict[str, tuple[Phase, Deed, str, float]] = {}
        self.failed: dict[tuple[str, str], None] = {}

    def begin(self, event: Event, phase: Phase, deed: Deed, aim: str) -> None:
        if (deed.tool, deed.text) in self.failed:
            deed.retry = True
            phase.retries += 1
        if event.id:
            if len(self.calls) > MAX_FAILED:
                self.calls.pop(next(iter(self.calls)))
            self.calls[event.id] = (phase, deed, aim, event.timestamp)

    def settle(self, event: Event) -> None:
        call = self.calls.pop(event.parent, None)
        if call is None:
            return
        phase, deed, aim, started = call
        took = event.duration_ms / 1000 if event.duration_ms is not None else event.timestamp - started
        if took > 0.0:
            deed.took = took
        key = (deed.tool, deed.text)
        if event.type == ERROR:
            deed.failed = True
            phase.lost += deed.took
            if len(self.failed) < MAX_FAILED:
                self.failed[key] = None
        else:
            self.failed.pop(key, None)
        if aim in _AIMS or phase.label not in _AIMS:
            phase.failed = deed.failed


def phases_of(events: Iterable[Event]) -> Iterator[Phase]:
    """Yield the phases of a session, with what was done in each; a lone mark before a phase belongs to it."""
    beginnings = Beginnings()
    unsettled = _Unsettled()
    phase: Phase | None = None
    phases = 0
    for number, event in enumerate(events, 1):
        label = beginnings.label(event)
        at = beginnings.at
        if phase is None or (label is not None and (phase.calls or phase.events > 1)):
            if phase is not None:
                phases += 1
                phase.number = phases
                yield phase
            phase = Phase(label or "start", at, at, first=number)
        elif label is not None:
            phase.label = label
        phase.events += 1
        if at > phase.end:
            phase.end = at
        kind = event.type
        if kind == TOOL_CALL:
            _done(phase, number, event, beginnings, unsettled)
        elif kind in (TOOL_RESULT, ERROR):
            phase.errors += kind == ERROR
            unsettled.settle(event)
    if phase is not None:
        phase.number = phases + 1
        yield phase


def _done(phase: Phase, number: int, event: Event, beginnings: Beginnings, unsettled: _Unsettled) -> None:
    """Take a call into its phase."""
    deed = Deed(number, beginnings.tool, beginnings.kind, beginnings.text)
    phase.calls += 1
    if len(phase.deeds) < MAX_DEEDS:
        phase.deeds.append(deed)
    if deed.kind == "read":
        (phase.searched if is_search(deed.tool) else phase.read)[deed.text] = None
    elif deed.kind == "write":
        phase.written[deed.text] = None
    decision = event.data.get("decision")
    if type(decision) is dict and decision.get("effect") == "deny":
        phase.blocked += 1
    unsettled.begin(event, phase, deed, beginnings.aim)
