"""Phases of a session: what the agent set out to do, how it went, what it did again. Pure; holds the phases whose
calls have no result yet.

The one meaning of failed and wasted, for explain, cost, diff and the pages. A phase has a purpose: of one that is a
test run, a build or a commit that is what it is called, and its last try decides; of any other it is what was done
last, not what was looked up. It failed when that did not come to its end: an error, a refusal, a rejection. Wasted is
what a phase that failed took.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gateway.analysis.call_outcomes import DONE, FAILED, PREVENTED, REFUSED, UNKNOWN, CallOutcomes, Settled
from gateway.analysis.command_intent import BUILD, COMMIT, TESTS, intent_of, looks_up
from gateway.analysis.event_text import is_search, kind_of_tool, one_line, subject_of
from gateway.analysis.prompts import prompt_of
from gateway.analysis.session_clock import Clock
from gateway.model.event import ERROR, TOOL_CALL, USER_PROMPT, Event

_GAP = 300.0
"""Seconds without an event after which something new begins."""
MAX_DEEDS = 1_000
"""Most calls of one phase that are kept; all are counted."""
MAX_FAILED = 10_000
"""Most failed commands that are remembered for their retries."""
MAX_WAITING = 64
"""Most phases that wait for results of their calls; what comes later changes nothing about them."""
_AIMS = (TESTS, BUILD, COMMIT)


@dataclass(slots=True)
class Deed:
    """One call of a phase: what it was to do, what became of it (see call_outcomes), whether it was a retry of one that
    had failed; `took` is in seconds.
    """

    number: int
    tool: str
    kind: str
    text: str
    outcome: str = UNKNOWN
    retry: bool = False
    took: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether it came back with an error."""
        return self.outcome == FAILED

    @property
    def happened(self) -> bool:
        """Whether it did what it was to do; a command that failed may have done some of it."""
        return self.outcome == DONE or (self.outcome == FAILED and self.kind in ("run", ""))

    @property
    def looks(self) -> bool:
        """Whether it only looked something up."""
        if self.kind != "run":
            return self.kind == "read"
        return looks_up(self.text)


@dataclass(slots=True)
class Phase:
    """A stretch of a session with one aim; times are seconds since the session began.

    failed   its purpose came to nothing
    deeds    its first MAX_DEEDS calls
    calls    how many it had
    retries  how many of them were tried again after they had failed
    blocked  how many policy refused
    lost     seconds in tries that failed
    read, written, searched  what it did, not what it was kept from
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
        """Seconds that came to nothing: all of a phase that failed."""
        return self.seconds if self.failed else 0.0


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
            said = prompt_of(event)
            label = (one_line(said, 60) or "a prompt") if said is not None else None if self._label else "start"
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


class Phases:
    """Takes events in and hands the phases back, in order, each when all of its calls have come back or the session is
    over.

    count    how many phases have begun
    label    of the one that is under way
    """

    def __init__(self) -> None:
        self.count = 0
        self.label = ""
        self._beginnings = Beginnings()
        self._outcomes = CallOutcomes()
        self._calls: dict[str, _Call] = {}
        self._failed: dict[tuple[str, str], None] = {}
        self._waiting: deque[_Waiting] = deque()
        self._number = 0

    def add(self, event: Event) -> Sequence[Phase]:
        """Take one event in; return the phases that are settled now."""
        self._number += 1
        label = self._beginnings.label(event)
        at = self._beginnings.at
        current = self._waiting[-1].phase if self._waiting else None
        if current is None or (label is not None and (current.calls or current.events > 1)):
            current = self._begin(label or "start", at)
        elif label is not None:
            current.label = self.label = label
        current.events += 1
        current.end = max(current.end, at)
        kind = event.type
        settled = self._outcomes.add(event)
        if kind == TOOL_CALL:
            self._call(current, event)
        elif kind == ERROR:
            current.errors += 1
        if settled is not None:
            self._settle(settled, event)
        return self._handed() if len(self._waiting) > 1 else ()

    def rest(self) -> Iterator[Phase]:
        """Yield the phases that are left when the session is over."""
        for settled in self._outcomes.rest():
            self._settle(settled, None)
        while self._waiting:
            yield _judged(self._waiting.popleft())

    def _begin(self, label: str, at: float) -> Phase:
        self.count += 1
        self.label = label
        phase = Phase(label, at, at, number=self.count, first=self._number)
        self._waiting.append(_Waiting(phase))
        return phase

    def _handed(self) -> list[Phase]:
        phases = []
        while len(self._waiting) > 1 and (not self._waiting[0].open or len(self._waiting) > MAX_WAITING):
            phases.append(_judged(self._waiting.popleft()))
        return phases

    def _call(self, phase: Phase, event: Event) -> None:
        """Take a call into its phase."""
        waiting, beginnings = self._waiting[-1], self._beginnings
        deed = Deed(self._number, beginnings.tool, beginnings.kind, beginnings.text)
        phase.calls += 1
        if len(phase.deeds) < MAX_DEEDS:
            phase.deeds.append(deed)
        if (deed.tool, deed.text) in self._failed:
            deed.retry = True
            phase.retries += 1
        if event.id:
            waiting.open += 1
            self._calls[event.id] = _Call(waiting, deed, beginnings.aim, event.timestamp)

    def _settle(self, settled: Settled, event: Event | None) -> None:
        call = self._calls.pop(settled.id, None)
        if call is None:
            return
        waiting, deed, phase = call.waiting, call.deed, call.waiting.phase
        waiting.open -= 1
        deed.outcome = settled.outcome
        answered = event is not None and event.type != TOOL_CALL
        if answered and event is not None:
            took = event.duration_ms / 1000 if event.duration_ms is not None else event.timestamp - call.at
            deed.took = max(took, 0.0)
        if deed.failed:
            phase.lost += deed.took
            if len(self._failed) < MAX_FAILED:
                self._failed[deed.tool, deed.text] = None
        elif deed.outcome == DONE:
            self._failed.pop((deed.tool, deed.text), None)
        phase.blocked += deed.outcome == REFUSED
        if deed.happened:
            _noted(phase, deed)
        if deed.outcome != UNKNOWN:
            _weigh(waiting, deed, call.aim)


@dataclass(slots=True)
class _Waiting:
    """A phase, how many of its calls wait for their result, and the number of the call that decided about each
    purpose so far, with how it went.
    """

    phase: Phase
    open: int = 0
    aim: tuple[int, bool] = (0, False)
    act: tuple[int, bool] = (0, False)
    look: tuple[int, bool] = (0, False)


@dataclass(frozen=True, slots=True)
class _Call:
    """A call that has no result yet: of which phase, what it was to do and to which end, since when."""

    waiting: _Waiting
    deed: Deed
    aim: str
    at: float


def _noted(phase: Phase, deed: Deed) -> None:
    if deed.kind == "read":
        (phase.searched if is_search(deed.tool) else phase.read)[deed.text] = None
    elif deed.kind == "write":
        phase.written[deed.text] = None


def _weigh(waiting: _Waiting, deed: Deed, aim: str) -> None:
    """Note how a call went, where none that was made later did so before."""
    went = (deed.number, deed.outcome == FAILED or deed.outcome in PREVENTED)
    if aim in _AIMS and aim == waiting.phase.label:
        waiting.aim = max(waiting.aim, went)
    if deed.looks:
        waiting.look = max(waiting.look, went)
    else:
        waiting.act = max(waiting.act, went)


def _judged(waiting: _Waiting) -> Phase:
    """Return a phase with whether its purpose came to nothing."""
    phase = waiting.phase
    decisive = waiting.aim if phase.label in _AIMS else (0, False)
    number, failed = next((item for item in (decisive, waiting.act, waiting.look) if item[0]), (0, False))
    phase.failed = bool(number) and failed
    return phase


def phases_of(events: Iterable[Event]) -> Iterator[Phase]:
    """Yield the phases of a session, with what was done in each; a lone mark before a phase belongs to it."""
    phases = Phases()
    for event in events:
        yield from phases.add(event)
    yield from phases.rest()
