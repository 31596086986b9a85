"""Looking up what a model costs and how much it can hold, on a given day. A model that is not in the table has no price, never a zero."""

from __future__ import annotations

import functools
import json
import os
import re
import time
from dataclasses import dataclass
from typing import Any

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "table.json")
FIELDS = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")

_WINDOWS = {
    "claude-3-5-sonnet": 200_000,
    "claude-3-opus": 200_000,
    "gpt-4o": 128_000,
    "gpt-4-turbo": 128_000,
    "gemini-1.5-pro": 1_000_000,
}
"""Windows that the published tool's documentation promises, whatever the sources say of models that are gone."""

_ENDINGS = (
    re.compile(r"\[[^\]]*\]$"),  # [1m]
    re.compile(r"-v\d+(:\d+)?$"),  # Bedrock
    re.compile(r"@.*$"),  # Vertex
    re.compile(r"-(\d{8}|\d{4}-\d\d-\d\d|latest|preview)$"),
)
_BEGINNINGS = re.compile(r"^(?:(?:us|eu|apac|au|jp|global)\.)?(?:anthropic|openai|google|mistral|deepseek|xai)\.")


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars per million tokens.

    long   prices that hold for the whole request when its prompt is larger than `above` tokens, or None
    fast   prices of fast mode, or None
    """

    input: float
    output: float
    cache_read: float
    cache_write_5m: float
    cache_write_1h: float
    above: int = 0
    long: Price | None = None
    fast: Price | None = None


@functools.cache
def _table() -> dict[str, Any]:
    with open(TABLE, encoding="utf-8") as file:
        value: dict[str, Any] = json.load(file)
    return value


def dated() -> str:
    """Return where the prices are from, and as of when."""
    table = _table()
    return f"{', '.join(table['sources'])}, as of {table['date']}"


def known(model: str) -> str:
    """Return the table's name of a model, "" when it has none of that name."""
    models = _table()["models"]
    for name in _spellings(_table()["aliases"].get(model.lower(), model.lower())):
        if name in models:
            return name
    return ""


def _spellings(model: str) -> list[str]:
    """Return a model's name as it came and without what clouds and dates add, most exact first."""
    name = _BEGINNINGS.sub("", model.rpartition("/")[2])
    found = [model, name]
    for ending in _ENDINGS:
        name = ending.sub("", name)
        found.append(name)
    return [*found, *(re.sub(r"(?<=\d)\.(?=\d)", "-", one) for one in found)]


def price_of(model: str, at: float = 0.0) -> Price | None:
    """Return what a model cost at a time (seconds since the epoch, 0 for now), None when nobody told us."""
    name = known(model)
    return _price(name, time.strftime("%Y-%m-%d", time.gmtime(at or time.time()))) if name else None


@functools.lru_cache(maxsize=4096)
def _price(name: str, day: str) -> Price | None:
    row = _table()["models"][name]
    steps = [step for step in row["steps"] if step[0] <= day]
    if not steps:
        return None
    _, values, long = steps[-1]
    fast = row.get("fast")
    return _of(values, above=long[0] if long else 0, long=_of(long[1]) if long else None, fast=_of(fast) if fast else None)


def _of(values: list[float | None], *, above: int = 0, long: Price | None = None, fast: Price | None = None) -> Price:
    """Return a price; what a source does not tell costs what the same tokens cost without a cache."""
    given, output, read, minutes, hour = values
    fresh = given or 0.0
    minutes = fresh if minutes is None else minutes
    return Price(fresh, output or 0.0, fresh if read is None else read, minutes, minutes if hour is None else hour, above=above, long=long, fast=fast)


def window_of(model: str) -> int:
    """Return how many tokens a model can hold, 0 when nobody told us."""
    name = known(model)
    if name in _WINDOWS:
        return _WINDOWS[name]
    window = _table()["models"][name].get("window") if name else None
    return window if isinstance(window, int) else 0
