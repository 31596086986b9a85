from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from gateway.analysis.natural_dates import since, until

ZONES = ("UTC", "Europe/Berlin", "America/New_York")
NOW = datetime(2026, 4, 1, 15, 30)  # a Wednesday; Berlin changed its clocks on Sunday


@pytest.fixture(params=ZONES)
def now(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[float]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield NOW.timestamp()
    monkeypatch.undo()
    time.tzset()


def local(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


class TestDates:
    @pytest.mark.parametrize(
        ("text", "begins", "ends"),
        [
            ("today", "2026-04-01", "2026-04-02"),
            ("Yesterday", "2026-03-31", "2026-04-01"),
            ("this week", "2026-03-30", "2026-04-06"),
            ("last  week", "2026-03-23", "2026-03-30"),
            ("this month", "2026-04-01", "2026-05-01"),
            ("last month", "2026-03-01", "2026-04-01"),
            ("monday", "2026-03-30", "2026-03-31"),
            ("wednesday", "2026-04-01", "2026-04-02"),
            ("last wednesday", "2026-03-25", "2026-03-26"),
            ("last monday", "2026-03-30", "2026-03-31"),
            ("2026-01-31", "2026-01-31", "2026-02-01"),
            ("2026-01-31T10:00", "2026-01-31T10:00", "2026-01-31T10:00"),
            ("2026-01-31T10:00:00+00:00", "2026-01-31T10:00:00+00:00", "2026-01-31T10:00:00+00:00"),
        ],
    )
    def test_a_day_begins_and_ends_by_the_calendar(self, now: float, text: str, begins: str, ends: str) -> None:
        assert (since(text, now), until(text, now)) == (local(begins), local(ends))

    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("30m", 1800),
            ("12h", 43_200),
            ("2d", 172_800),
            ("2w", 1_209_600),
            ("3 days ago", 259_200),
            ("1 hour", 3600),
            ("5 min ago", 300),
            ("10s", 10),
        ],
    )
    def test_so_long_ago_is_a_moment(self, now: float, text: str, seconds: int) -> None:
        assert since(text, now) == until(text, now) == now - seconds

    @pytest.mark.parametrize("text", ["", "soon", "2x", "d", "2026-13-01", "-2d", "last", "last year", "9999-12-31", "1e3d"])
    def test_anything_else_is_none(self, now: float, text: str) -> None:
        with pytest.raises(ValueError):  # whatever the calendar says of it
            since(text, now), until(text, now)

    def test_longer_ago_than_the_epoch_is_the_epoch(self, now: float) -> None:
        assert since("999999w", now) == 0
