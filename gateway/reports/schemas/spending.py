"""The shapes of what `cost` and `token-budget` print with `--json`. Pure data; money is US dollars, null where a price
is unknown.
"""

from __future__ import annotations

from typing import TypedDict


class TokenCounts(TypedDict):
    """Tokens by how they are billed."""

    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_5m_tokens: int
    cache_write_1h_tokens: int


class ModelCost(TokenCounts):
    """One model; `priced_as` is what --model made of it."""

    model: str
    priced_as: str
    requests: int
    cost_usd: float | None


class PhaseCost(TokenCounts):
    """One phase; `share` is its part of the whole cost, from 0 to 1."""

    label: str
    failed: bool
    events: int
    cost_usd: float | None
    share: float


class CostDocument(TypedDict):
    """`cost --json`; `cost_usd` is null when a model has no known price, `known_cost_usd` is then what the others
    cost.
    """

    session: str
    cost_usd: float | None
    known_cost_usd: float | None
    estimated: bool
    source: str
    tokens: TokenCounts
    models: list[ModelCost]
    unpriced: list[str]
    phases: list[PhaseCost]
    wasted_usd: float | None
    wasted_share: float
    counted_elsewhere: dict[str, int]
    prices: str


class SpendingGroup(TypedDict):
    """One line of an account; counts and costs are null where nothing is known, `cost_usd` also where a part is not."""

    name: str
    sessions: int
    sessions_without_usage: int
    tool_calls: int
    input_tokens: int | None
    output_tokens: int | None
    cache_read_tokens: int | None
    cache_write_5m_tokens: int | None
    cache_write_1h_tokens: int | None
    cost_usd: float | None
    known_cost_usd: float | None
    unpriced: list[str]


class SpendingDocument(TypedDict):
    """`cost --by --json`; a group without a name is of the sessions that tell none."""

    by: str
    groups: list[SpendingGroup]
    total: SpendingGroup
    prices: str


class TokenBudgetDocument(TypedDict):
    """`token-budget --json`; percentages are of the context window."""

    session: str
    model: str
    limit: int
    used_tokens: int
    used_pct: float
    peak_tokens: int
    peak_pct: float
    requests: int
    estimated: bool
    source: str
    warn_at: float
    past: bool
