"""Tokens and Use: what one request to a model used, and what that costs. Pure."""

from __future__ import annotations

from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.analysis.prices.lookup import Price
    from gateway.model.json_text import JsonObject

MOST = 10**12
"""Most tokens that one count is taken for: a number without end must neither stop a report nor pass a limit."""
MOST_DOLLARS = 1e9
"""Most that one event is taken to have cost."""


class Tokens(Record):
    """Tokens of one request or of many; `input` is what was neither read from a cache nor written to one."""

    __slots__ = ("cache_read", "cache_write_1h", "cache_write_5m", "input", "output")

    def __init__(
        self, input: int = 0, output: int = 0, cache_read: int = 0, cache_write_5m: int = 0, cache_write_1h: int = 0
    ) -> None:
        self.input = input
        self.output = output
        self.cache_read = cache_read
        self.cache_write_5m = cache_write_5m
        self.cache_write_1h = cache_write_1h

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(
            self.input + other.input,
            self.output + other.output,
            self.cache_read + other.cache_read,
            self.cache_write_5m + other.cache_write_5m,
            self.cache_write_1h + other.cache_write_1h,
        )

    @property
    def prompt(self) -> int:
        """All that the model read."""
        return self.input + self.cache_read + self.cache_write_5m + self.cache_write_1h

    @property
    def total(self) -> int:
        """All that the model read and wrote."""
        return self.prompt + self.output

    def data(self) -> dict[str, int]:
        """Return the counts as JSON data."""
        names = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")
        return {f"{name}_tokens": getattr(self, name) for name in names}


class Use(Record):
    """One request to a model.

    key     what makes it the same request wherever it is told of again, "" when nothing does
    at      seconds since the epoch
    fast    it was served in fast mode
    aside   it was a subagent's: it fills another context window
    shared  session that it is counted in, when that is another one, or ""
    """

    __slots__ = ("aside", "at", "fast", "key", "model", "shared", "tokens")

    def __init__(
        self,
        key: str,
        at: float,
        model: str,
        tokens: Tokens,
        *,
        fast: bool = False,
        aside: bool = False,
        shared: str = "",
    ) -> None:
        self.key = key
        self.at = at
        self.model = model
        self.tokens = tokens
        self.fast = fast
        self.aside = aside
        self.shared = shared


def tokens_of(usage: JsonObject) -> Tokens:
    """Return the tokens that a provider's usage object tells of.

    Messages API: `input_tokens` leaves out what a cache took part in, and a write without a split is a five-minute one.
    Chat Completions and Responses: the prompt's count includes what was read from the cache.
    """
    details = usage.get("prompt_tokens_details") or usage.get("input_tokens_details")
    cached = _count(details, "cached_tokens")
    given = _count(usage, "input_tokens") or _count(usage, "prompt_tokens")
    written = _count(usage, "cache_creation_input_tokens")
    split = usage.get("cache_creation")
    hour = _count(split, "ephemeral_1h_input_tokens")
    minutes = (
        _count(split, "ephemeral_5m_input_tokens")
        if isinstance(split, dict) and hour + _count(split, "ephemeral_5m_input_tokens")
        else written
    )
    return Tokens(
        max(given - cached, 0),
        _count(usage, "output_tokens") or _count(usage, "completion_tokens"),
        _count(usage, "cache_read_input_tokens") or cached,
        minutes,
        hour,
    )


def _count(usage: object, key: str) -> int:
    value = usage.get(key) if isinstance(usage, dict) else None
    return min(value, MOST) if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def dollars(tokens: Tokens, price: Price, *, fast: bool = False) -> float:
    """Return what one request cost: a long prompt has a price of its own for all of it, and so has fast mode."""
    if fast and price.fast is not None:
        price = price.fast
    elif price.long is not None and tokens.prompt > price.above:
        price = price.long
    return (
        tokens.input * price.input
        + tokens.output * price.output
        + tokens.cache_read * price.cache_read
        + tokens.cache_write_5m * price.cache_write_5m
        + tokens.cache_write_1h * price.cache_write_1h
    ) / 1_000_000


def counted_once(uses: Iterable[Use]) -> list[Use]:
    """Return every request once, in order of its first mention: of several tellings the fullest counts, of equally full
    ones the last.

    A response that is streamed is told of once a block with a growing count; a fork and a resumed session tell of it
    again.
    """
    kept: dict[str, Use] = {}
    alone: list[Use] = []
    for use in uses:
        if not use.key:
            alone.append(use)
            continue
        before = kept.get(use.key)
        if before is None:
            kept[use.key] = use
        elif use.tokens.total >= before.tokens.total:
            kept[use.key] = Use(
                use.key,
                before.at,
                use.model,
                use.tokens,
                fast=use.fast,
                aside=before.aside and use.aside,
                shared=before.shared if use.shared else "",
            )
        elif before.aside and not use.aside:
            kept[use.key] = Use(
                use.key,
                before.at,
                before.model,
                before.tokens,
                fast=before.fast,
                shared=before.shared if use.shared else "",
            )
    return [*kept.values(), *alone]
