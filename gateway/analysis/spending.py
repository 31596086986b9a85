"""What many sessions used and cost together, by day, week, model, project, agent or user. Pure; from the index alone.

A session counts whole for the day on which it last did something. What is not known is None, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from operator import mul

from gateway.analysis.index import SessionSummary
from gateway.analysis.model_cost import spent
from gateway.analysis.usage.tokens import Tokens

WAYS = ("day", "week", "model", "project", "agent", "user")
_KINDS = 5
"""Of tokens: input, output, read from cache, written to cache for five minutes, for an hour."""
_MANY = 1_000_000
_DAY = 86_400
MOST_SECONDS = 1e11
"""Times later than that are no calendar's, and cost what was charged first."""
NOBODY = ""
"""The name of the group of what tells no name."""


@dataclass(slots=True)
class Group:
    """One line of the account.

    sessions  how many took part
    untold    of those, how many do not tell what they used
    cost      dollars, of what has a price
    unpriced  models that nobody told us the price of
    """

    name: str
    sessions: int = 0
    calls: int = 0
    untold: int = 0
    counts: list[int] = field(default_factory=lambda: [0] * _KINDS)
    cost: float = 0.0
    unpriced: dict[str, None] = field(default_factory=dict)

    @property
    def tokens(self) -> Tokens:
        """What was used, as far as it is told."""
        return Tokens(*self.counts)

    @property
    def known(self) -> bool:
        """Whether the cost is all there was."""
        return not self.unpriced and not self.untold

    @property
    def used(self) -> bool:
        """Whether anything is known of what was used."""
        return self.untold < self.sessions


@dataclass(slots=True)
class Spending:
    """The account: its groups, days and weeks the oldest first, the others the dearest first, and what they come to."""

    by: str
    groups: list[Group]
    total: Group


def spending(rows: Iterable[SessionSummary], by: str) -> Spending:
    """Return what sessions come to, by one of WAYS."""
    rates = _Rates()
    groups: dict[str, Group] = {}
    total = Group("total")
    for row in rows:
        shares = rates.shares(row)
        _add(total, row.calls, shares)
        if by == "model":
            for share in shares:
                _add(_group(groups, share.model), row.calls if len(shares) == 1 else 0, [share])
            if not shares:
                _add(_group(groups, NOBODY), row.calls, [])
        else:
            _add(_group(groups, _name(row, by)), row.calls, shares)
    ordered = sorted(groups.values(), key=lambda group: group.name)
    if by not in ("day", "week"):
        ordered.sort(key=lambda group: (-group.cost, -sum(group.counts)))
    return Spending(by, ordered, total)


def _group(groups: dict[str, Group], name: str) -> Group:
    group = groups.get(name)
    if group is None:
        group = groups[name] = Group(name)
    return group


@dataclass(slots=True)
class _Share:
    """One model's part in a session; `cost` is None where nobody told us its price."""

    model: str
    counts: list[int]
    cost: float | None


def _add(group: Group, calls: int, shares: list[_Share]) -> None:
    group.sessions += 1
    group.calls += calls
    group.untold += not shares
    counts = group.counts
    for share in shares:
        for at, number in enumerate(share.counts):
            counts[at] += number
        if share.cost is None:
            group.unpriced[share.model] = None
        else:
            group.cost += share.cost


class _Rates:
    """What tokens cost on a day: looked up once for each model and day, since many sessions ask for the same."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], list[float] | None] = {}

    def shares(self, row: SessionSummary) -> list[_Share]:
        """Return each model's part in a session, none where it does not tell what it used; what the record itself says
        it cost goes before list prices, and is divided by them.
        """
        shares: dict[str, _Share] = {}
        for marked, counts in row.usage.items():
            model, cost = marked.partition("\t")[0], self._cost(marked, counts, row.last)
            share = shares.get(model)
            if share is None:
                shares[model] = _Share(model, counts, cost)
            else:
                both = [one + other for one, other in zip(share.counts, counts, strict=True)]
                priced = None if cost is None or share.cost is None else share.cost + cost
                shares[model] = _Share(model, both, priced)
        found = list(shares.values())
        if row.cost_usd:
            found = found or [_Share(NOBODY, [0] * _KINDS, None)]
            whole = sum(share.cost or 0.0 for share in found)
            for share in found:
                share.cost = row.cost_usd * ((share.cost or 0.0) / whole if whole else 1 / len(found))
        return found

    def _cost(self, marked: str, counts: list[int], at: float) -> float | None:
        key = (marked, int(at // _DAY) if abs(at) < MOST_SECONDS else 0)
        if key not in self._known:
            self._known[key] = _rates_of(marked, at)
        rates = self._known[key]
        return None if rates is None else sum(map(mul, rates, counts)) / _MANY


def _rates_of(marked: str, at: float) -> list[float] | None:
    """Return what a million tokens of each kind cost; None where nobody told us."""
    rates = []
    for kind in range(_KINDS):
        used = spent({marked: [_MANY if kind == other else 0 for other in range(_KINDS)]}, at)
        if used.unpriced:
            return None
        rates.append(used.cost)
    return rates


def _name(row: SessionSummary, by: str) -> str:
    match by:
        case "day" | "week":
            return _date(row.last, "%Y-%m-%d" if by == "day" else "%G-W%V")
        case "project":
            return row.repository
        case "agent":
            return row.agent
    return row.user


def _date(moment: float, form: str) -> str:
    try:
        return datetime.fromtimestamp(moment).strftime(form) if moment else NOBODY
    except (ValueError, OverflowError, OSError):
        return NOBODY
