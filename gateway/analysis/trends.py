"""Trends over the sessions of a store: what each came to, who stood in the way, what was dear and what was slow.
Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.analysis.denials import Refusals
from gateway.analysis.index import SessionSummary
from gateway.analysis.model_cost import spent
from gateway.analysis.store_overview import Overview
from gateway.analysis.usage.tokens import Tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

TOP = 25
"""Most rows of a ranking."""


@dataclass(slots=True)
class Model:
    """What a model was used for; `cost` is None when nobody told us its price."""

    model: str
    sessions: set[str] = field(default_factory=set)
    tokens: Tokens = field(default_factory=Tokens)
    cost: float | None = 0.0


def models(rows: list[SessionSummary]) -> list[Model]:
    """Return every model that was used, the dearest first; those without a price lead, because nobody knows."""
    models: dict[str, Model] = {}
    for row in rows:
        for marked, counts in row.usage.items():
            used = spent({marked: counts}, row.last)
            for name, tokens in used.tokens.items():
                model = models.setdefault(name, Model(name))
                model.sessions.add(row.session)
                model.tokens = model.tokens + tokens
                model.cost = None if used.unpriced or model.cost is None else model.cost + used.cost
    return sorted(models.values(), key=lambda model: (model.cost is not None, -(model.cost or 0.0)))


def cost_of(row: SessionSummary) -> float | None:
    """Return what a session cost: as the record says, else by the tokens it tells of; None when nobody told us a
    price.
    """
    used = spent(row.usage, row.last)
    return row.cost_usd or (None if used.unpriced else used.cost)


def session_data(row: SessionSummary) -> JsonObject:
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


def trends(overview: Overview, refusals: Refusals) -> JsonObject:
    """Return the trends of sessions as JSON data, the sessions oldest first."""
    points = [session_data(row) for row in sorted(overview.rows, key=lambda row: row.first)]
    spoken = sorted(refusals.rules.values(), key=lambda rule: (-(rule.ask + rule.deny + rule.observed), rule.rule))
    things = sorted(refusals.things.items(), key=lambda thing: (-thing[1], thing[0]))
    slowest = sorted(overview.tools.items(), key=lambda tool: (-tool[1].total_ms, -tool[1].calls))
    return {
        "totals": {
            "sessions": overview.sessions,
            "events": overview.events,
            "calls": overview.calls,
            "errors": overview.errors,
            **{effect: overview.verdicts.get(effect, 0) for effect in ("allow", "ask", "deny")},
            "written": sum(row.files_written for row in overview.rows),
            "tokens": overview.tokens,
            "seconds": round(overview.seconds, 3),
            "cost_usd": round(overview.cost, 6),
            "unpriced_sessions": sum(point["cost_usd"] is None for point in points),
        },
        "sessions": points,
        "rules": [
            {
                "rule": item.rule,
                "source": item.source,
                "ask": item.ask,
                "deny": item.deny,
                "observed": item.observed,
                "sessions": len(item.sessions),
                "per_thousand_calls": round((item.ask + item.deny) * 1000 / overview.calls, 2)
                if overview.calls
                else 0.0,
            }
            for item in spoken[:TOP]
        ],
        "denied": [{"tool": tool, "subject": subject, "calls": count} for (tool, subject), count in things[:TOP]],
        "models": [
            {
                "model": model.model,
                "sessions": len(model.sessions),
                **model.tokens.data(),
                "cost_usd": None if model.cost is None else round(model.cost, 6),
            }
            for model in models(overview.rows)[:TOP]
        ],
        "tools": [{"tool": name, **tool.data(), "total_ms": round(tool.total_ms, 1)} for name, tool in slowest[:TOP]],
    }
