"""Two sessions compared by what came of them rather than by what happened in which order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gateway.analysis.model_cost import spent
from gateway.analysis.session_diff import Profile, only

IMPROVED, UNCHANGED, REGRESSED = "improved", "unchanged", "regressed"
OUTCOMES = (IMPROVED, UNCHANGED, REGRESSED)

NUMBERS = (
    "events",
    "prompts",
    "tool_calls",
    "llm_requests",
    "errors",
    "retries",
    "denied",
    "asked",
    "tokens",
    "cost_usd",
    "duration_seconds",
    "wasted_seconds",
    "phases",
    "failed_phases",
)
"""What can be counted of a session, and compared."""
LISTS = ("tools", "commands", "files_read", "files_written")
"""What a session has a list of."""


@dataclass(frozen=True, slots=True)
class Measures:
    """One session in numbers and lists (see NUMBERS and LISTS).

    unknown  those of the numbers that nothing tells; they stand as 0 and are no measure of anything
    """

    session: str
    title: str
    completed: bool
    numbers: dict[str, float]
    lists: dict[str, list[str]]
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from a to b.

    outcome  one of OUTCOMES
    because  why, most important first
    """

    a: Measures
    b: Measures
    outcome: str
    because: list[str] = field(default_factory=list)

    def delta(self, name: str) -> float:
        """Return how much more of something b has than a."""
        return self.b.numbers[name] - self.a.numbers[name]

    def added(self, name: str) -> list[str]:
        """Return what only b has of a list."""
        return self._only(name)[1]

    def removed(self, name: str) -> list[str]:
        """Return what only a has of a list."""
        return self._only(name)[0]

    def _only(self, name: str) -> tuple[list[str], list[str]]:
        return only(dict.fromkeys(self.a.lists[name]), dict.fromkeys(self.b.lists[name])) or ([], [])


def measured(profile: Profile) -> Measures:
    """Return a session in numbers and lists."""
    summary = profile.summary
    numbers: dict[str, float] = {
        "events": summary.events,
        "prompts": summary.prompts,
        "tool_calls": summary.calls,
        "llm_requests": summary.llm_requests,
        "errors": summary.errors,
        "retries": profile.retries,
        "denied": summary.verdicts.get("deny", 0),
        "asked": summary.verdicts.get("ask", 0),
        "tokens": summary.tokens,
        "cost_usd": round(summary.cost_usd or spent(summary.usage, summary.last).cost, 6),
        "duration_seconds": round(summary.seconds, 3),
        "wasted_seconds": round(profile.wasted, 3),
        "phases": len(profile.parts),
        "failed_phases": sum(part.failed for part in profile.parts),
    }
    lists = {
        "tools": [tool for tool in summary.tools if tool],
        "commands": list(profile.commands),
        "files_read": list(dict.fromkeys(path for part in profile.parts for path in part.read)),
        "files_written": list(dict.fromkeys(path for part in profile.parts for path in part.written)),
    }
    used = spent(summary.usage, summary.last)
    unknown = set() if summary.tokens else {"tokens"}
    if not summary.cost_usd and (used.unpriced or not summary.tokens):
        unknown.add("cost_usd")
    return Measures(profile.session, summary.title, profile.completed, numbers, lists, frozenset(unknown))


def with_usage(measures: Measures, tokens: int, cost: float | None) -> Measures:
    """Return measures with what another source tells of a session's usage; `cost` is None where a model has no known
    price.
    """
    unknown = measures.unknown - {"tokens"} if cost is None else measures.unknown - {"tokens", "cost_usd"}
    return replace(
        measures, numbers={**measures.numbers, "tokens": tokens, "cost_usd": round(cost or 0.0, 6)}, unknown=unknown
    )


def compared(a: Measures, b: Measures) -> Comparison:
    """Return what changed from a to b: whether the task was completed decides, then errors, then retries and refusals;
    time never does.
    """
    bare = Comparison(a, b, UNCHANGED)
    same = a.title == b.title
    notes = [] if same else ["the first prompts differ"]
    if a.completed != b.completed:
        because = "the task was completed" if b.completed else "the task was not completed"
        return Comparison(a, b, IMPROVED if b.completed else REGRESSED, [because, *notes])
    task = ("same task completed" if same else "task completed") if b.completed else "task completed by neither"
    for name, word in (
        ("errors", "errors"),
        ("failed_phases", "failed phases"),
        ("retries", "retries"),
        ("denied", "blocked calls"),
    ):
        change = bare.delta(name)
        if change:
            return Comparison(
                a,
                b,
                IMPROVED if change < 0 else REGRESSED,
                [f"{'fewer' if change < 0 else 'more'} {word}", task, *notes],
            )
    return Comparison(a, b, UNCHANGED, [task, *notes])
