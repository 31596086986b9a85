"""What a session's model calls used, as a curve over its events: context held, tokens written, cost where the record tells it. Pure."""

from __future__ import annotations

from gateway.model.event import Event

MAX_POINTS = 1_500
"""Most points of a curve; more are thinned to the largest context of each stretch."""
_CONTEXT = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")

Point = tuple[int, int, int, float]
"""Event number, tokens of context that went in, tokens that came out, cost in dollars so far."""


class Curve:
    """Takes events in and keeps a point for each that says what it used."""

    __slots__ = ("_cost", "_points")

    def __init__(self) -> None:
        self._points: list[Point] = []
        self._cost = 0.0

    def add(self, number: int, event: Event) -> None:
        """Take one event in."""
        data = event.data
        cost = data.get("cost_usd")
        if isinstance(cost, int | float) and not isinstance(cost, bool) and 0 < cost < 1e9:
            self._cost += cost
        usage = data.get("usage")
        if isinstance(usage, dict):
            held, written = sum(_count(usage.get(key)) for key in _CONTEXT), _count(usage.get("output_tokens"))
            if held or written:
                self._points.append((number, held, written, round(self._cost, 6)))

    def points(self) -> list[Point]:
        """Return the curve, thinned."""
        step = -(-len(self._points) // MAX_POINTS) or 1
        return [max(self._points[at : at + step], key=lambda point: point[1]) for at in range(0, len(self._points), step)]


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 50 else 0
