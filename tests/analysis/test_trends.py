"""Trends over sessions."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis.denials import Refusals, Spoken
from gateway.analysis.index import SessionSummary
from gateway.analysis.store_overview import overview_of
from gateway.analysis.summary import Tool
from gateway.analysis.trends import cost_of, models, trends

AT = 1_764_000_000.0


def row(name: str = "s", **more: Any) -> SessionSummary:
    return SessionSummary(name, **{"first": AT, **more})


class TestCost:
    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            ({}, 0),
            ({"cost_usd": 1.5, "usage": {"no-such-model": [1, 1, 0, 0, 0]}}, 1.5),
            ({"usage": {"claude-sonnet-4-5": [100_000, 10_000, 0, 0]}}, 0.3 + 0.15),
            ({"usage": {"claude-sonnet-4-5": [1, 1, 0, 0], "no-such-model": [1, 1, 0, 0, 0]}}, None),
        ],
    )
    def test_the_record_speaks_first_and_an_unknown_price_is_no_zero(self, more: dict[str, Any], expected: float | None) -> None:
        assert cost_of(row(**more)) == (expected if expected is None else pytest.approx(expected))


class TestRankings:
    def test_models_without_a_price_lead(self) -> None:
        rows = [row(usage={"claude-sonnet-4-5": [1000, 0, 0], "mine": [5, 0, 0, 0]}), row("t", usage={"mine": [5, 2, 0, 0, 0]})]
        found = models(rows)
        assert [(one.model, len(one.sessions), one.tokens.prompt, one.cost is None) for one in found] == [
            ("mine", 2, 10, True),
            ("claude-sonnet-4-5", 1, 1000, False),
        ]


class TestTrends:
    def test_nothing_is_nothing(self) -> None:
        data = trends(overview_of([]), Refusals())
        assert data["totals"]["sessions"] == 0 and data["sessions"] == data["rules"] == data["tools"] == []

    def test_sums_and_friction(self) -> None:
        refusals = Refusals()
        refusals.rules["a"] = Spoken("a", "p:1", ask=1, deny=3, sessions={"x"})
        refusals.things[("Bash", "ls")] = 3
        data = trends(
            overview_of(
                [
                    row("b", first=AT + 9, calls=600, verdicts={"deny": 3}, tools={"Bash": Tool(1, 0, 1, 60.0, 60.0)}),
                    row("a", calls=400, errors=2, tools={"Bash": Tool(2, 1, 2, 300.0, 200.0), "Read": Tool(9)}, usage={"mine": [1, 1, 0, 0, 0]}),
                ]
            ),
            refusals,
        )
        assert [point["session"] for point in data["sessions"]] == ["a", "b"]
        assert data["totals"] | {"calls": 1000, "deny": 3, "errors": 2, "unpriced_sessions": 1} == data["totals"]
        assert data["rules"] == [{"rule": "a", "source": "p:1", "ask": 1, "deny": 3, "observed": 0, "sessions": 1, "per_thousand_calls": 4.0}]
        assert [(one["tool"], one["calls"], one["errors"], one["mean_ms"], one["max_ms"]) for one in data["tools"]] == [
            ("Bash", 3, 1, 120.0, 200.0),
            ("Read", 9, 0, None, None),
        ]
        assert data["denied"] == [{"tool": "Bash", "subject": "ls", "calls": 3}]
