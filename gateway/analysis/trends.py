"""Trends over the sessions of a store: what each came to, and what they come to together. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gateway.analysis.index import SessionSummary
from gateway.analysis.prices.lookup import price_of
from gateway.analysis.refusals import Refusals
from gateway.analysis.usage.tokens import Tokens, dollars

TOP = 25
"""Most rows of a ranking."""


@dataclass(slots=True)
class Model:
    """What a model was used for; `cost` is None when nobody told us its price."""

    model: str
    sessions: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    cost: float | None = 0.0


@dataclass(slots=True)
class ToolUse:
    """What a tool comes to over sessions; times in milliseconds."""

    tool: str
    calls: int = 0
    errors: int = 0
    timed: int = 0
    total_ms: float = 0.0
    max_ms: float = 0.0

    @property
    def mean_ms(self) -> float:
        """How long a call took, on average over those that were timed."""
        return self.total_ms / self.timed if self.timed else 0.0


def cost_of(row: SessionSummary) -> float | None:
    """Return what a session cost: as the record says, else by the tokens it tells of; None when a model has no price, 0 for no usage."""
    if row.cost_usd:
        return row.cost_usd
    costs = [_cost(model, counts, row.first) for model, counts in row.usage.items()]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _tokens(counts: list[int]) -> Tokens:
    given, output, read, written = (*counts, 0, 0, 0, 0)[:4]
    return Tokens(given, output, read, written)


def _cost(model: str, counts: list[int], at: float) -> float | None:
    price = price_of(model, at)
    return None if price is None else dollars(_tokens(counts), price)


def models(rows: list[SessionSummary]) -> list[Model]:
    """Return every model that was used, the dearest first; those without a price lead, because nobody knows."""
    found: dict[str, Model] = {}
    for row in rows:
        for name, counts in row.usage.items():
            model = found.setdefault(name, Model(name))
            model.sessions += 1
            model.tokens = model.tokens + _tokens(counts)
            cost = _cost(name, counts, row.first)
            model.cost = None if cost is None or model.cost is None else model.cost + cost
    return sorted(found.values(), key=lambda model: (model.cost is not None, -(model.cost or 0.0)))


def tools(rows: list[SessionSummary]) -> list[ToolUse]:
    """Return every tool that was called, the one that took most time first."""
    found: dict[str, ToolUse] = {}
    for row in rows:
        for name, tool in row.tools.items():
            use = found.setdefault(name, ToolUse(name))
            use.calls += tool.calls
            use.errors += tool.errors
            use.timed += tool.timed
            use.total_ms += tool.total_ms
            use.max_ms = max(use.max_ms, tool.max_ms)
    return sorted(found.values(), key=lambda use: (-use.total_ms, -use.calls))


def session_data(row: SessionSummary) -> dict[str, Any]:
    """Return a session as a point of the trends."""
    cost = cost_of(row)
    return {
        "session": row.session,
        "agent": row.agent,
        "first": row.first,
        "seconds": round(row.seconds, 3),
        "events": row.events,
        "calls": row.calls,
        "errors": row.errors,
        **{effect: row.verdicts.get(effect, 0) for effect in ("allow", "ask", "deny")},
        "written": row.files_written,
        "tokens": row.tokens,
        "cost_usd": None if cost is None else round(cost, 6),
        "title": row.title,
    }


def trends(rows: list[SessionSummary], refusals: Refusals) -> dict[str, Any]:
    """Return the trends of sessions as JSON data, the sessions oldest first."""
    ordered = sorted(rows, key=lambda row: row.first)
    points = [session_data(row) for row in ordered]
    calls = sum(point["calls"] for point in points)
    costs = [point["cost_usd"] for point in points]
    spoken = sorted(refusals.rules.values(), key=lambda one: (-(one.ask + one.deny + one.observed), one.rule))
    things = sorted(refusals.things.items(), key=lambda one: (-one[1], one[0]))
    return {
        "totals": {
            "sessions": len(points),
            **{key: sum(point[key] for point in points) for key in ("events", "calls", "errors", "allow", "ask", "deny", "written", "tokens")},
            "seconds": round(sum(point["seconds"] for point in points), 3),
            "cost_usd": round(sum(cost for cost in costs if cost is not None), 6),
            "unpriced_sessions": sum(cost is None for cost in costs),
        },
        "sessions": points,
        "rules": [
            {
                "rule": one.rule,
                "source": one.source,
                "ask": one.ask,
                "deny": one.deny,
                "observed": one.observed,
                "sessions": len(one.sessions),
                "per_thousand_calls": round((one.ask + one.deny) * 1000 / calls, 2) if calls else 0.0,
            }
            for one in spoken[:TOP]
        ],
        "denied": [{"tool": tool, "subject": subject, "calls": count} for (tool, subject), count in things[:TOP]],
        "models": [
            {"model": one.model, "sessions": one.sessions, **one.tokens.data(), "cost_usd": None if one.cost is None else round(one.cost, 6)}
            for one in models(rows)[:TOP]
        ],
        "tools": [
            {
                "tool": one.tool,
                "calls": one.calls,
                "errors": one.errors,
                "mean_ms": round(one.mean_ms, 1),
                "max_ms": round(one.max_ms, 1),
                "total_ms": round(one.total_ms, 1),
            }
            for one in tools(rows)[:TOP]
        ],
    }
