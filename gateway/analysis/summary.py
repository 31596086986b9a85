"""A session in numbers, and several sessions together. Pure; `summary_fold` makes one of a session's events."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from gateway.analysis.call_outcomes import PREVENTED, OpenCall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

LONG, FAST = "\tlong", "\tfast"
"""Marks at the end of a model's name: what its requests with long prompts, and in fast mode, used is counted apart."""


Times = dict[str, "array[float]"]
"""Tool -> milliseconds of each of its results."""


@dataclass(slots=True)
class Tool:
    """What one tool comes to; times in milliseconds, over the results that had one."""

    calls: int = 0
    errors: int = 0
    timed: int = 0
    total_ms: float = 0.0
    max_ms: float = 0.0

    def data(self) -> JsonObject:
        """Return it as reports print it; times are None where no result had one."""
        return {
            "calls": self.calls,
            "errors": self.errors,
            "mean_ms": round(self.total_ms / self.timed, 1) if self.timed else None,
            "max_ms": round(self.max_ms, 1) if self.timed else None,
        }


@dataclass(slots=True)
class HeldCall:
    """What a call that has no result yet is about: the number of its event, and files it reads and writes if it
    happens.

    acts  whether it may have done so although it failed
    """

    number: int
    subject: str = ""
    acts: bool = False
    read: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


@dataclass(slots=True)
class Summary:
    """What a session comes to.

    first, last  seconds since the epoch, by the machine's clock
    seconds      how long it took, by the session's own clock
    types        event type -> events
    tools        tool -> its calls, errors and times
    verdicts     effect -> calls
    rules        rule that spoke -> effect, or one of WOULD -> calls
    read,written files by name that were read and written, not those of calls that did not happen; keys only
    usage        model -> its tokens: input, output, read from cache, written to cache for five minutes, for an hour
    recent       request -> (its model, its tokens), of the requests told of last
    failures     (event number, tool, text) of errors
    title        the first prompt of a person, on one line
    settled      outcome (see call_outcomes) -> calls that came to it
    prevented    (event number, outcome, tool, subject) of calls that did not happen
    open, held   calls that have no result yet, and what each is about
    """

    first: float = 0.0
    last: float = 0.0
    seconds: float = 0.0
    events: int = 0
    calls: int = 0
    errors: int = 0
    prompts: int = 0
    llm_requests: int = 0
    ended: bool = False
    clock_steps: int = 0
    cost_usd: float = 0.0
    title: str = ""
    types: dict[str, int] = field(default_factory=dict)
    tools: dict[str, Tool] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    rules: dict[str, dict[str, int]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    read: dict[str, None] = field(default_factory=dict)
    written: dict[str, None] = field(default_factory=dict)
    revisions: dict[str, None] = field(default_factory=dict)
    usage: dict[str, list[int]] = field(default_factory=dict)
    recent: dict[str, tuple[str, list[int]]] = field(default_factory=dict)
    failures: list[tuple[int, str, str]] = field(default_factory=list)
    settled: dict[str, int] = field(default_factory=dict)
    prevented: list[tuple[int, str, str, str]] = field(default_factory=list)
    open: dict[str, OpenCall] = field(default_factory=dict)
    held: dict[str, HeldCall] = field(default_factory=dict)
    clock: tuple[float, float, float, int] = (0.0, 0.0, 0.0, 0)

    @property
    def tokens(self) -> int:
        """How many tokens the record tells of, of every kind."""
        return sum(sum(counts) for counts in self.usage.values())

    @property
    def outcomes(self) -> dict[str, int]:
        """Outcome -> calls, those without a result included."""
        counts = dict(self.settled)
        for call in self.open.values():
            counts[call.outcome] = counts.get(call.outcome, 0) + 1
        return counts

    @property
    def not_done(self) -> list[tuple[int, str, str, str]]:
        """(event number, outcome, tool, subject) of calls that were refused or rejected, in order."""
        waiting = [
            (self.held[key].number, call.outcome, call.tool, self.held[key].subject)
            for key, call in self.open.items()
            if call.outcome in PREVENTED and key in self.held
        ]
        return sorted([*self.prevented, *waiting])


def merged(summaries: list[Summary]) -> Summary:
    """Return what sessions come to together; together they took from the first's beginning to the last's end."""
    if len(summaries) == 1:
        return summaries[0]
    total = Summary(
        first=min((summary.first for summary in summaries if summary.first), default=0.0),
        last=max((summary.last for summary in summaries), default=0.0),
    )
    total.seconds = max([total.last - total.first, *(summary.seconds for summary in summaries)])
    for summary in summaries:
        for name in ("events", "calls", "errors", "prompts", "llm_requests", "clock_steps", "cost_usd"):
            setattr(total, name, getattr(total, name) + getattr(summary, name))
        for counts, more in (
            (total.types, summary.types),
            (total.verdicts, summary.verdicts),
            (total.settled, summary.outcomes),
        ):
            for key, number in more.items():
                counts[key] = counts.get(key, 0) + number
        _merge(total, summary)
    return total


def _merge(total: Summary, summary: Summary) -> None:
    for name, tool in summary.tools.items():
        known = total.tools.setdefault(name, Tool())
        known.calls += tool.calls
        known.errors += tool.errors
        known.timed += tool.timed
        known.total_ms += tool.total_ms
        known.max_ms = max(known.max_ms, tool.max_ms)
    for rule, effects in summary.rules.items():
        counts = total.rules.setdefault(rule, {})
        for effect, number in effects.items():
            counts[effect] = counts.get(effect, 0) + number
    for model, used in summary.usage.items():
        sums = total.usage.setdefault(model, [0] * len(used))
        for at, number in enumerate(used):
            sums[at] += number
    total.sources |= summary.sources
    for files, more in (
        (total.read, summary.read),
        (total.written, summary.written),
        (total.revisions, summary.revisions),
    ):
        files.update(more)
    total.failures += summary.failures
    total.prevented += summary.not_done


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)) - 1, 0)] if ordered else 0.0


def told_effects(counts: JsonObject) -> str:
    """Return how often a rule said what, for people: `2 deny, would have been denied: 1`."""
    shown = [f"{counts[effect]} {effect}" for effect in ("deny", "ask") if counts.get(effect)]
    words = {"would_deny": "would have been denied", "would_ask": "would have been asked about"}
    return ", ".join([*shown, *(f"{word}: {counts[key]}" for key, word in words.items() if counts.get(key))])
