"""What the tokens of a summary cost, by model; a model that nobody told us the price of is named, not priced at
nothing. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.analysis.prices.lookup import price_of
from gateway.analysis.summary import FAST, LONG
from gateway.analysis.usage.tokens import Tokens, dollars
from gateway.model.record import replaced


@dataclass(slots=True)
class Spent:
    """What was used and what it cost.

    tokens    model -> its tokens
    cost      dollars, of the models whose price is known
    unpriced  the others
    """

    tokens: dict[str, Tokens] = field(default_factory=dict)
    cost: float = 0.0
    unpriced: dict[str, None] = field(default_factory=dict)


def spent(usage: dict[str, list[int]], at: float = 0.0) -> Spent:
    """Return what the usage of a summary comes to; `at` is when, in seconds since the epoch."""
    spent = Spent()
    for marked, counts in usage.items():
        model, fast, long = marked.removesuffix(FAST).removesuffix(LONG), marked.endswith(FAST), marked.endswith(LONG)
        tokens = Tokens(*counts)
        spent.tokens[model] = spent.tokens.get(model, Tokens()) + tokens
        price = price_of(model, at) if model else None
        if price is None:
            spent.unpriced[model] = None
        elif long and price.long is not None:
            spent.cost += dollars(tokens, price.long)
        elif fast and price.fast is not None:
            spent.cost += dollars(tokens, price.fast)
        else:
            # Its other prices are for one request, not for the sum of many.
            spent.cost += dollars(tokens, replaced(price, long=None, fast=None))
    return spent
