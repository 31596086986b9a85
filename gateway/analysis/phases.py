"""Phases of a session: what the agent set out to do, how it went, what it did again. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gateway.analysis.words import kind_of, one_line, subject_of, text_of, tool_of
from gateway.model.event import ERROR, SESSION_START, TOOL_CALL, TOOL_RESULT, USER_PROMPT, Event

_TESTS = (
    "pytest",
    "tox",
    "nox",
    "jest",
    "vitest",
    "mocha",
    "cargo test",
    "go test",
    "npm test",
    "npm run test",
    "make test",
    "rspec",
    "phpunit",
    "mvn test",
    "gradle test",
    "unittest",
)
_BUILDS = ("make", "npm run build", "cargo build", "go build", "tsc", "mvn", "gradle", "cmake", "docker build")
_GAP = 300.0
"""Seconds without an event after which something new begins."""


@dataclass(slots=True)
class Deed:
    """One call of a phase: its line, and whether it failed or was a retry of one that had."""

    number: int
    event: Event
    kind: str
    text: str
    failed: bool = False
    retry: bool = False
    took: float = 0.0


@dataclass(slots=True)
class Phase:
    """A stretch of a session with one aim; times are seconds since the session began."""

    label: str
    start: float
    end: float
    events: int = 0
    deeds: list[Deed] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether its last try of anything failed."""
        last: dict[str, bool] = {deed.text: deed.failed for deed in self.deeds}
        return any(last.values())


class Beginnings:
    """Tells, event by event, where a phase begins: a prompt begins one, a first test or build run does, a long silence does.

    at  seconds since the session began, of the event told last
    """

    __slots__ = ("_begin", "_deeds", "_label", "at")

    def __init__(self) -> None:
        self.at = 0.0
        self._begin = 0.0
        self._label = ""
        self._deeds = False

    def label(self, event: Event) -> str | None:
        """Return the label of the phase that begins with the next event, None when none begins."""
        self._begin = self._begin or event.timestamp
        at = max(event.timestamp - self._begin, 0.0)
        label = self._new(event, at - self.at > _GAP)
        self.at = at
        if label is not None:
            self._label = label
            self._deeds = False
        self._deeds = self._deeds or event.type == TOOL_CALL
        return label

    def _new(self, event: Event, silent: bool) -> str | None:
        if event.type == USER_PROMPT:
            return one_line(text_of(event), 60) or "a prompt"
        if not self._label:
            return "start" if event.type == SESSION_START else _aim_label(event) or "start"
        if event.type != TOOL_CALL:
            return None
        label = _aim_label(event)
        if label and self._label != label and self._deeds:
            return label
        return (label or one_line(f"{tool_of(event)} {subject_of(event)}", 60)) if silent else None


def phases_of(events: Iterable[Event]) -> list[Phase]:
    """Return the phases of a session, with what was done in each."""
    found: list[Phase] = []
    calls: dict[str, Deed] = {}
    failed: set[tuple[str, str]] = set()
    beginnings = Beginnings()
    for number, event in enumerate(events, 1):
        label = beginnings.label(event)
        at = beginnings.at
        if label is not None:
            found.append(Phase(label, at, at))
        phase = found[-1]
        phase.events += 1
        phase.end = max(phase.end, at)
        if event.type == TOOL_CALL:
            deed = Deed(number, event, kind_of(event), subject_of(event, 160))
            deed.retry = (tool_of(event), _aim(deed)) in failed
            phase.deeds.append(deed)
            calls[event.id] = deed
        elif event.type in (TOOL_RESULT, ERROR):
            _settle(event, calls.get(event.parent), failed)
    return [phase for phase in found if phase.deeds or phase.events > 1 or len(found) == 1]


def _settle(event: Event, deed: Deed | None, failed: set[tuple[str, str]]) -> None:
    if deed is None:
        return
    deed.took = event.duration_ms / 1000 if event.duration_ms is not None else max(event.timestamp - deed.event.timestamp, 0.0)
    deed.failed = event.type == ERROR
    key = (tool_of(deed.event), _aim(deed))
    if deed.failed:
        failed.add(key)
    else:
        failed.discard(key)


def _aim(deed: Deed) -> str:
    """Return what a deed is a try of: tests are tests however they are started, else the first words."""
    if deed.kind == "run":
        for word in _TESTS:
            if word in deed.text:
                return "tests"
        return " ".join(deed.text.split()[:2])
    return deed.text


def _aim_label(event: Event) -> str:
    if kind_of(event) != "run":
        return ""
    command = subject_of(event)
    if any(word in command for word in _TESTS):
        return "run tests"
    if any(command.startswith(word) for word in _BUILDS):
        return "build"
    return "commit" if "git commit" in command else ""
