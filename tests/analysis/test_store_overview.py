from __future__ import annotations

import pytest

from gateway.analysis.index import SessionSummary
from gateway.analysis.store_overview import MAX_POINTS, overview_of, sparkline
from gateway.analysis.summary import Tool

DAY = 86_400.0


def row(name: str, first: float, **more: object) -> SessionSummary:
    """Return a session of an hour."""
    return SessionSummary(name, first=first, last=first + 3600, seconds=3600.0, **more)  # type: ignore[arg-type]


class TestOverview:
    def test_adds_up(self) -> None:
        usage = {"claude-sonnet-4-5": [1_000_000, 0, 0, 0, 0]}
        found = overview_of(
            [
                row(
                    "b",
                    2 * DAY,
                    agent="x",
                    calls=3,
                    errors=1,
                    tools={"Read": Tool(3, 1, 2, 10.0, 8.0)},
                    verdicts={"deny": 1},
                    rules={"r": 1},
                    usage=usage,
                ),
                row("a", DAY, agent="x", calls=2, tools={"Read": Tool(1, 0, 1, 20.0, 20.0), "Bash": Tool(5)}, usage={"odd": [1, 1, 0, 0, 0]}),
                row("c", 0.0, cost_usd=0.5),
            ]
        )
        assert (found.sessions, found.clean, found.calls, found.errors, found.seconds, found.untold) == (3, 2, 5, 1, 10_800.0, 0)
        assert (found.first, found.last) == (DAY, 2 * DAY + 3600) and found.tokens == 1_000_002
        assert list(found.tools) == ["Bash", "Read"] and found.tools["Read"] == Tool(4, 1, 3, 30.0, 20.0)
        assert found.agents == {"x": 2, "unknown": 1} and found.rules == {"r": 1} and list(found.unpriced) == ["odd"]
        assert found.cost == pytest.approx(3.5) and found.costs["c"] == 0.5

    def test_points_are_sessions_until_there_are_days_enough(self) -> None:
        short = overview_of([row(str(at), DAY + at * 3600, calls=at) for at in range(5)][::-1])
        assert not short.days and [point.calls for point in short.points] == [0, 1, 2, 3, 4]
        long = overview_of([row(str(at), DAY * (10 + at // 2), calls=1) for at in range(8)])
        assert long.days and [(point.sessions, point.calls) for point in long.points] == [(2, 2)] * 4
        assert len(overview_of([row(str(at), DAY * (10 + at)) for at in range(200)]).points) == MAX_POINTS

    def test_no_sessions(self) -> None:
        assert overview_of([]).points == []


class TestSparkline:
    @pytest.mark.parametrize(
        ("values", "line"),
        [([], ""), ([0, 0], "  "), ([1, 8], "▂█"), ([8, 4, 0, 0.01], "█▅ ▁"), ([5], "█"), (list(range(1, 9)), "▂▃▄▅▆▇██")],
    )
    def test_bars(self, values: list[float], line: str) -> None:
        assert sparkline(values) == line
