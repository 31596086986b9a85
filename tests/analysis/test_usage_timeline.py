"""The curve of what a session used."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis.usage_timeline import MAX_POINTS, Curve
from gateway.model.event import Event


def response(**data: Any) -> Event:
    return Event("assistant_response", 1_764_000_000.0, "a", "s", data=data)


def use(given: int, written: int = 0, *, key: str, model: str = "claude-sonnet-4-5", **more: Any) -> Event:
    return response(message_id=key, model=model, usage={"input_tokens": given, "output_tokens": written}, **more)


def curve(*events: Event) -> Curve:
    found = Curve()
    for number, event in enumerate(events, 1):
        found.add(number, event)
    return found


class TestCurve:
    def test_context_and_dollars_add_up(self) -> None:
        points = curve(use(1_000_000, key="a"), response(text="x"), use(2000, 1000, key="b")).points()
        assert [point[:3] for point in points] == [(1, 1_000_000, 0), (3, 2000, 1000)]
        assert points[1][3] == pytest.approx(points[0][3] + 0.006 + 0.015)

    def test_a_request_told_of_in_parts_counts_once_as_its_fullest(self) -> None:
        assert [point[:3] for point in curve(use(10, 1, key="a"), use(10, 9, key="a"), use(10, 2, key="a")).points()] == [(1, 10, 9)]

    def test_subagents_cost_but_fill_no_context_of_this_one(self) -> None:
        points = curve(use(10, key="a"), use(1_000_000, key="b", is_sidechain=True)).points()
        assert [point[:3] for point in points] == [(1, 10, 0)] and points[0][3] > 2

    def test_a_model_without_a_price_is_named_and_costs_nothing_yet(self) -> None:
        found = curve(use(10, key="a", model="my-own-model"))
        assert found.points() == [(1, 10, 0, 0.0)] and list(found.unpriced) == ["my-own-model"]

    @pytest.mark.parametrize("usage", [None, [], {"input_tokens": "many"}, {"input_tokens": -3}, {"input_tokens": True}])
    def test_what_is_no_usage_is_no_point(self, usage: object) -> None:
        assert curve(response(usage=usage)).points() == []

    def test_a_long_curve_is_thinned_to_its_peaks(self) -> None:
        points = curve(*(use(number % 100 + 1, key=str(number)) for number in range(5000))).points()
        assert len(points) <= MAX_POINTS and max(point[1] for point in points) == 100
