"""A session in numbers, folded from its events in one pass. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gateway.analysis.words import kind_of, subject_of, tool_of, verdict_of
from gateway.model.event import ERROR, LLM_REQUEST, SESSION_END, SESSION_START, TOOL_CALL, TOOL_RESULT, Event


class Summary:
    """What a session comes to.

    first, last   seconds since the epoch
    tools         tool -> calls
    times         tool -> durations of its results, in milliseconds
    verdicts      effect -> calls
    rules         rule that spoke -> calls it denied or asked about
    tokens        what responses say they used
    """

    def __init__(self) -> None:
        self.first = 0.0
        self.last = 0.0
        self.events = 0
        self.errors = 0
        self.llm_requests = 0
        self.tokens = 0
        self.tools: Counter[str] = Counter()
        self.times: dict[str, list[float]] = {}
        self.verdicts: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.read: dict[str, None] = {}
        self.written: dict[str, None] = {}
        self.revisions: dict[str, None] = {}
        self.ended = False
        self._calls: dict[str, tuple[str, float]] = {}

    @property
    def calls(self) -> int:
        """How many tools were called."""
        return sum(self.tools.values())

    @property
    def seconds(self) -> float:
        """How long it took, in seconds; never negative, whatever the clock did."""
        return max(self.last - self.first, 0.0)

    def add(self, event: Event) -> None:
        """Take one event in."""
        self.events += 1
        if event.timestamp:
            self.first = min(self.first or event.timestamp, event.timestamp)
            self.last = max(self.last, event.timestamp)
        if event.type == TOOL_CALL:
            self._call(event)
        elif event.type in (TOOL_RESULT, ERROR):
            self._result(event)
        elif event.type == LLM_REQUEST:
            self.llm_requests += 1
        self.ended = (self.ended or event.type == SESSION_END) and event.type != SESSION_START
        usage = event.data.get("usage")
        if isinstance(usage, dict):
            self.tokens += sum(value for key, value in usage.items() if isinstance(value, int) and key.endswith("tokens"))

    def _call(self, event: Event) -> None:
        tool = tool_of(event)
        self.tools[tool] += 1
        self._calls[event.id] = (tool, event.timestamp)
        verdict = verdict_of(event)
        if verdict:
            self.verdicts[verdict] += 1
            self._rules(event, verdict)
        kind = kind_of(event)
        if kind in ("read", "write"):
            (self.read if kind == "read" else self.written)[subject_of(event)] = None

    def _rules(self, event: Event, verdict: str) -> None:
        decision = event.data["decision"]
        if not isinstance(decision, dict):
            return
        revision = decision.get("revision")
        if isinstance(revision, str) and revision:
            self.revisions[revision] = None
        for reason in decision.get("reasons") or ():
            if isinstance(reason, dict) and verdict != "allow" and reason.get("effect") == verdict:
                self.rules[str(reason.get("rule"))] += 1

    def _result(self, event: Event) -> None:
        self.errors += event.type == ERROR
        tool, started = self._calls.pop(event.parent, (tool_of(event), 0.0))
        took = event.duration_ms if event.duration_ms is not None else (event.timestamp - started) * 1000 if started else None
        if took is not None and took >= 0:
            self.times.setdefault(tool, []).append(took)


def summarized(events: Iterable[Event]) -> Summary:
    """Return what events come to."""
    summary = Summary()
    for event in events:
        summary.add(event)
    return summary


def quantile(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
