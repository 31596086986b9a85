"""Many sessions at once: totals, what they were like over time, which tools, rules and agents stand out. Pure; from the index alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from gateway.analysis.index import SessionSummary
from gateway.analysis.model_cost import spent
from gateway.analysis.summary import Tool

MAX_POINTS = 60
"""Most points of a trend; of more days or sessions the last ones are shown."""
_DAYS = 3
"""From so many days on a point is a day, below that a session."""


@dataclass(slots=True)
class Point:
    """A day, or a session, of a trend; `when` is seconds since the epoch."""

    when: float
    label: str
    sessions: int = 0
    calls: int = 0
    errors: int = 0
    denied: int = 0
    asked: int = 0
    tokens: int = 0
    cost: float = 0.0
    seconds: float = 0.0


@dataclass(slots=True)
class Overview:
    """What sessions come to together.

    sessions  how many
    clean     how many of them had no error
    unpriced  models that nobody told us the price of
    untold    sessions that do not tell what they used
    points    the trend, oldest first
    days      a point is a day rather than a session
    """

    sessions: int = 0
    first: float = 0.0
    last: float = 0.0
    clean: int = 0
    events: int = 0
    calls: int = 0
    errors: int = 0
    prompts: int = 0
    tokens: int = 0
    cost: float = 0.0
    untold: int = 0
    seconds: float = 0.0
    days: bool = False
    verdicts: dict[str, int] = field(default_factory=dict)
    tools: dict[str, Tool] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)
    models: dict[str, int] = field(default_factory=dict)
    unpriced: dict[str, None] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)
    rows: list[SessionSummary] = field(default_factory=list)
    costs: dict[str, float] = field(default_factory=dict)


def overview_of(rows: list[SessionSummary]) -> Overview:
    """Return what sessions come to; the rows in the order they are to be listed in."""
    found = Overview(rows=rows, sessions=len(rows))
    for row in rows:
        _add(found, row)
    begun = [row.first for row in rows if row.first]
    found.first, found.last = min(begun, default=0.0), max((row.last for row in rows), default=0.0)
    found.days = len({_day(moment) for moment in begun}) >= _DAYS
    found.points = _points(found, _day if found.days else None)
    found.tools = dict(sorted(found.tools.items(), key=lambda one: (-one[1].calls, one[0])))
    for name in ("rules", "agents", "models", "verdicts"):
        setattr(found, name, dict(sorted(getattr(found, name).items(), key=lambda one: (-one[1], one[0]))))
    return found


def _add(found: Overview, row: SessionSummary) -> None:
    found.clean += not row.errors
    found.events += row.events
    found.calls += row.calls
    found.errors += row.errors
    found.prompts += row.prompts
    found.tokens += row.tokens
    found.seconds += row.seconds
    used = spent(row.usage, row.last)
    cost = row.cost_usd or used.cost
    found.costs[row.session] = cost
    found.cost += cost
    found.untold += not (row.usage or row.cost_usd)
    if not row.cost_usd:
        found.unpriced |= used.unpriced
    for name, tool in row.tools.items():
        known = found.tools.setdefault(name, Tool())
        known.calls += tool.calls
        known.errors += tool.errors
        known.timed += tool.timed
        known.total_ms += tool.total_ms
        known.max_ms = max(known.max_ms, tool.max_ms)
    agent = row.agent or "unknown"
    for counts, more in ((found.verdicts, row.verdicts), (found.rules, row.rules), (found.agents, {agent: 1})):
        for key, number in more.items():
            counts[key] = counts.get(key, 0) + number
    for model, tokens in used.tokens.items():
        found.models[model] = found.models.get(model, 0) + tokens.total


def _points(found: Overview, day: Callable[[float], str] | None) -> list[Point]:
    points: dict[str, Point] = {}
    for row in sorted(found.rows, key=lambda one: one.first):
        if day is not None and not row.first:
            continue
        label = day(row.first) if day is not None else row.session
        point = points.setdefault(label, Point(row.first, label))
        point.sessions += 1
        point.calls += row.calls
        point.errors += row.errors
        point.denied += row.verdicts.get("deny", 0)
        point.asked += row.verdicts.get("ask", 0)
        point.tokens += row.tokens
        point.cost += found.costs[row.session]
        point.seconds += row.seconds
    return list(points.values())[-MAX_POINTS:]


def _day(moment: float) -> str:
    try:
        return datetime.fromtimestamp(moment).strftime("%Y-%m-%d")
    except (ValueError, OverflowError, OSError):
        return "-"


_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: list[float]) -> str:
    """Return values as a line of bars, each as high as it is beside the largest; nothing at all is a blank."""
    top = max(values, default=0.0)
    if top <= 0:
        return " " * len(values)
    return "".join(_BARS[min(int(value / top * len(_BARS)), len(_BARS) - 1)] if value > 0 else " " for value in values)
