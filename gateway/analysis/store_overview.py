"""Many sessions at once: totals, what they were like over time, which tools, rules and agents stand out. Pure; from the
index alone.
"""

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
    overview = Overview(rows=rows, sessions=len(rows))
    for row in rows:
        _add(overview, row)
    begun = [row.first for row in rows if row.first]
    overview.first, overview.last = min(begun, default=0.0), max((row.last for row in rows), default=0.0)
    overview.days = len({_day(moment) for moment in begun}) >= _DAYS
    overview.points = _points(overview, _day if overview.days else None)
    overview.tools = dict(sorted(overview.tools.items(), key=lambda tool: (-tool[1].calls, tool[0])))
    for name in ("rules", "agents", "models", "verdicts"):
        setattr(overview, name, dict(sorted(getattr(overview, name).items(), key=lambda item: (-item[1], item[0]))))
    return overview


def _add(overview: Overview, row: SessionSummary) -> None:
    overview.clean += not row.errors
    overview.events += row.events
    overview.calls += row.calls
    overview.errors += row.errors
    overview.prompts += row.prompts
    overview.tokens += row.tokens
    overview.seconds += row.seconds
    used = spent(row.usage, row.last)
    cost = row.cost_usd or used.cost
    overview.costs[row.session] = cost
    overview.cost += cost
    overview.untold += not (row.usage or row.cost_usd)
    if not row.cost_usd:
        overview.unpriced |= used.unpriced
    for name, tool in row.tools.items():
        known = overview.tools.setdefault(name, Tool())
        known.calls += tool.calls
        known.errors += tool.errors
        known.timed += tool.timed
        known.total_ms += tool.total_ms
        known.max_ms = max(known.max_ms, tool.max_ms)
    agent = row.agent or "unknown"
    for counts, more in ((overview.verdicts, row.verdicts), (overview.rules, row.rules), (overview.agents, {agent: 1})):
        for key, number in more.items():
            counts[key] = counts.get(key, 0) + number
    for model, tokens in used.tokens.items():
        overview.models[model] = overview.models.get(model, 0) + tokens.total


def _points(overview: Overview, day: Callable[[float], str] | None) -> list[Point]:
    points: dict[str, Point] = {}
    for row in sorted(overview.rows, key=lambda row: row.first):
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
        point.cost += overview.costs[row.session]
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
