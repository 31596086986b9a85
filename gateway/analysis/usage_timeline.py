"""What a session's requests to models used, as a curve over its events: context held, tokens written, dollars so far.
Pure.
"""

from __future__ import annotations

from gateway.analysis.prices.lookup import price_of
from gateway.analysis.usage.recorded import recorded_use
from gateway.analysis.usage.tokens import Use, dollars
from gateway.model.event import Event

MAX_POINTS = 1_500
"""Most points of a curve; more are thinned to the largest context of each stretch."""

Point = tuple[int, int, int, float]
"""Event number, tokens of context that went in, tokens that came out, dollars so far (of what has a price)."""


class Curve:
    """Takes events in and keeps a point for each request whose usage one of them tells; subagents fill windows of their
    own.

    unpriced  models that nobody told us the price of
    """

    __slots__ = ("_uses", "unpriced")

    def __init__(self) -> None:
        self.unpriced: dict[str, None] = {}
        self._uses: dict[str, tuple[int, Use]] = {}

    def add(self, number: int, event: Event) -> None:
        """Take one event in; a request that is told of again, in parts, is the fullest of them."""
        if "usage" not in event.data:
            return
        use = recorded_use(event)
        if use is None or use.shared:
            return
        key = use.key or f"#{number}"
        before = self._uses.get(key)
        if before is None or use.tokens.total >= before[1].tokens.total:
            self._uses[key] = (before[0] if before else number, use)

    def points(self) -> list[Point]:
        """Return the curve, thinned."""
        points: list[Point] = []
        spent = 0.0
        for number, use in sorted(self._uses.values(), key=lambda use: use[0]):
            price = price_of(use.model, use.at) if use.model else None
            if price is None:
                self.unpriced[use.model] = None
            else:
                spent += dollars(use.tokens, price, fast=use.fast)
            if not use.aside:
                points.append((number, use.tokens.prompt, use.tokens.output, round(spent, 6)))
            elif points:
                points[-1] = (*points[-1][:3], round(spent, 6))
        step = -(-len(points) // MAX_POINTS) or 1
        return [
            (*max(points[at : at + step], key=lambda point: point[1])[:3], points[min(at + step, len(points)) - 1][3])
            for at in range(0, len(points), step)
        ]
