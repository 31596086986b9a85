"""What a session cost, by phase: real usage where somebody told us, an estimate that says so where nobody did. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from gateway.analysis.phases import Phases
from gateway.analysis.prices.lookup import Price
from gateway.analysis.usage.recorded import estimated, recorded_use
from gateway.analysis.usage.tokens import Tokens, Use, counted_once, dollars
from gateway.model.event import SESSION_START, TOOL_CALL, Event

Pricing = Callable[[str, float], Price | None]
"""Return what a model cost at a time."""

RECORD, TRANSCRIPT, ESTIMATE = "record", "transcript", "estimate"
"""Where the counts are from."""


@dataclass(slots=True)
class Part:
    """A phase and what was used in it; `start` is seconds since the epoch."""

    label: str
    start: float
    failed: bool = False
    events: int = 0
    calls: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    cost: float = 0.0


@dataclass(slots=True)
class Share:
    """What one model's part in a session was; `cost` is None when nobody told us its price."""

    model: str
    requests: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    cost: float | None = 0.0


@dataclass(slots=True)
class Bill:
    """What a session cost.

    source   RECORD, TRANSCRIPT or ESTIMATE
    cost     dollars, of the requests whose price is known
    shared   session -> requests that are counted there and not here
    """

    source: str
    parts: list[Part]
    shares: list[Share]
    shared: dict[str, int]

    @property
    def cost(self) -> float:
        """Dollars, of everything that has a price."""
        return sum(share.cost for share in self.shares if share.cost is not None)

    @property
    def unpriced(self) -> list[str]:
        """Models that nobody told us the price of."""
        return [share.model for share in self.shares if share.cost is None]

    @property
    def tokens(self) -> Tokens:
        """Everything that was used."""
        return total(share.tokens for share in self.shares)

    @property
    def wasted(self) -> float:
        """Dollars spent in phases that failed."""
        return sum(part.cost for part in self.parts if part.failed)


def total(tokens: Iterable[Tokens]) -> Tokens:
    """Return the sum of tokens."""
    found = Tokens()
    for token in tokens:
        found = found + token
    return found


class Meter:
    """Folds the events of a session into its parts; holds what each phase comes to, not the events."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.uses: list[Use] = []
        self.model = ""
        self.transcript = ""
        self._phases = Phases()
        self._guesses: list[list[int]] = []

    def add(self, event: Event) -> None:
        """Take one event in."""
        settled = self._phases.add(event)
        if self._phases.count > len(self.parts):
            self.parts.append(Part(self._phases.label, event.timestamp))
            self._guesses.append([0, 0])
        for phase in settled:
            self.parts[phase.number - 1].failed = phase.failed
        part = self.parts[-1]
        part.label = self._phases.label
        part.events += 1
        kind = event.type
        if kind == TOOL_CALL:
            part.calls += 1
        elif kind == SESSION_START:
            self.model = self.model or _text(event, "model")
            self.transcript = self.transcript or _text(event, "transcript_path")
        if "usage" in event.data:
            use = recorded_use(event)
            if use is not None:
                self.uses.append(use)
        read, written = estimated(event)
        guess = self._guesses[-1]
        guess[0] += read
        guess[1] += written

    def guesses(self, model: str) -> list[Use]:
        """Return the estimate of every phase as one request to a model."""
        guessed = zip(self.parts, self._guesses, strict=True)
        return [
            Use("", part.start, model, Tokens(read, written)) for part, (read, written) in guessed if read or written
        ]

    def folded(self) -> list[Part]:
        """Return the parts with whether they failed, as `phases` means it."""
        for phase in self._phases.rest():
            self.parts[phase.number - 1].failed = phase.failed
        return self.parts


def _text(event: Event, key: str) -> str:
    value = event.data.get(key)
    return value if isinstance(value, str) else ""


def billed(meter: Meter, uses: Iterable[Use], source: str, pricing: Pricing) -> Bill:
    """Return the bill for requests, each in the phase it was made in."""
    parts = meter.folded() or [Part("start", 0.0)]
    # a clock that was set back must not reorder the phases
    starts = list(accumulate((part.start for part in parts), max))
    shares: dict[str, Share] = {}
    shared: dict[str, int] = {}
    for use in counted_once(uses):
        if use.shared:
            shared[use.shared] = shared.get(use.shared, 0) + 1
            continue
        share = shares.setdefault(use.model, Share(use.model))
        share.requests += 1
        share.tokens = share.tokens + use.tokens
        part = parts[max(bisect_right(starts, use.at) - 1, 0)]
        part.tokens = part.tokens + use.tokens
        price = pricing(use.model, use.at)
        if price is None:
            share.cost = None
            continue
        cost = dollars(use.tokens, price, fast=use.fast)
        part.cost += cost
        share.cost = None if share.cost is None else share.cost + cost
    return Bill(source, parts, list(shares.values()), shared)
