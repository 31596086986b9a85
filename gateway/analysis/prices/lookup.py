"""Looking up what a model costs and how much it can hold, on a given day. A model that is not in the table has no
price, never a zero.
"""

from __future__ import annotations

import time

from gateway.lane_os import os
from gateway.model.json_text import loads
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

TABLE = f"{os.path.dirname(os.path.abspath(__file__))}/table.json"
FIELDS = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")

_WINDOWS = {
    "claude-3-5-sonnet": 200_000,
    "claude-3-opus": 200_000,
    "gpt-4o": 128_000,
    "gpt-4-turbo": 128_000,
    "gemini-1.5-pro": 1_000_000,
}
"""Windows that the published tool's documentation promises, whatever the sources say of models that are gone."""

_REGIONS = ("us.", "eu.", "apac.", "au.", "jp.", "us-gov.", "global.")
_MAKERS = ("anthropic.", "openai.", "google.", "mistral.", "deepseek.", "xai.")
_RELEASES = ("latest", "preview")
_FAST = "-fast"
"""How some who resell a model call its fast mode."""


class Price(Record):
    """Dollars per million tokens.

    long   prices that hold for the whole request when its prompt is larger than `above` tokens, or None
    fast   prices of fast mode, or None
    """

    __slots__ = ("above", "cache_read", "cache_write_1h", "cache_write_5m", "fast", "input", "long", "output")

    def __init__(
        self,
        input: float,
        output: float,
        cache_read: float,
        cache_write_5m: float,
        cache_write_1h: float,
        *,
        above: int = 0,
        long: Price | None = None,
        fast: Price | None = None,
    ) -> None:
        self.input = input
        self.output = output
        self.cache_read = cache_read
        self.cache_write_5m = cache_write_5m
        self.cache_write_1h = cache_write_1h
        self.above = above
        self.long = long
        self.fast = fast


_read: JsonObject = {}
_priced: dict[tuple[str, str], Price | None] = {}
_names: dict[str, str] = {}
MAX_NAMES = 4096
"""Most names of models that are remembered; a store of thousands of sessions asks for the same few."""


def _table() -> JsonObject:
    if not _read:
        with open(TABLE, encoding="utf-8") as file:
            value = loads(file.read())
        _read.update(value if isinstance(value, dict) else {})
    return _read


def dated() -> str:
    """Return where the prices are from, and as of when."""
    table = _table()
    return f"{', '.join(table['sources'])}, as of {table['date']}"


def known(model: str) -> str:
    """Return the table's name of a model, "" when it has none of that name."""
    name = _names.get(model)
    if name is None:
        if len(_names) >= MAX_NAMES:
            _names.clear()
        name = _names[model] = _known(model)
    return name


def _known(model: str) -> str:
    table = _table()
    models, aliases = table["models"], table["aliases"]
    for name in spellings_of(model.lower()):
        if name in models:
            return name
        if aliases.get(name) in models:
            return str(aliases[name])
    fast = model.lower()
    if fast.endswith(_FAST):
        name = known(fast.removesuffix(_FAST))
        return name if name and "fast" in models[name] else ""
    return ""


def spellings_of(model: str) -> list[str]:
    """Return a model's name as it came and without what clouds and dates add, most exact first; lower case."""
    name = _without_maker(model.rpartition("/")[2])
    spellings = [model, name]
    for without in (_without_brackets, _without_version, _without_place, _without_date):
        name = without(name)
        spellings.append(name)
    return [*spellings, *(_hyphenated(item) for item in spellings)]


def _region_of(model: str) -> str:
    """Return the geography before a name (`us.` of `us.anthropic.…`, Bedrock), "" when there is none."""
    name = model.rpartition("/")[2].lower()
    region = next((region for region in _REGIONS if name.startswith(region)), "")
    return region if any(name.startswith(maker, len(region)) for maker in _MAKERS) else ""


def surcharge_of(model: str) -> float:
    """Return what a model's price is multiplied by because of where it is served: Bedrock's endpoints of one geography
    cost more than its global ones.
    """
    region = _region_of(model)
    found = _table().get("surcharges", {}).get(region + known(model)) if region else None
    return float(found) if isinstance(found, int | float) else 1.0


def _without_maker(name: str) -> str:
    """Return a name without `us.anthropic.` before it (Bedrock)."""
    region = next((region for region in _REGIONS if name.startswith(region)), "")
    maker = next((maker for maker in _MAKERS if name.startswith(maker, len(region))), "")
    return name[len(region) + len(maker) :] if maker else name


def _without_brackets(name: str) -> str:
    """Return a name without `[1m]` behind it."""
    start = name.find("[", name.rfind("]", 0, -1) + 1) if name.endswith("]") else -1
    return name[:start] if start >= 0 else name


def _without_version(name: str) -> str:
    """Return a name without `-v1:0` behind it (Bedrock)."""
    head, cut, version = name.rpartition("-v")
    major, colon, minor = version.partition(":")
    return head if cut and _digits(major) and (not colon or _digits(minor)) else name


def _without_place(name: str) -> str:
    """Return a name without `@20251001` behind it (Vertex)."""
    return name.partition("@")[0]


def _without_date(name: str) -> str:
    """Return a name without `-20251001`, `-2025-10-01`, `-latest` or `-preview` behind it."""
    head, cut, last = name.rpartition("-")
    if cut and (last in _RELEASES or (len(last) == 8 and _digits(last))):
        return head
    parts = name.rsplit("-", 3)
    return parts[0] if [len(part) for part in parts[1:]] == [4, 2, 2] and all(map(_digits, parts[1:])) else name


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _hyphenated(name: str) -> str:
    """Return a name with `4.5` written as `4-5`."""
    inside = range(1, len(name) - 1)
    dots = {at for at in inside if name[at] == "." and _digits(name[at - 1]) and _digits(name[at + 1])}
    return "".join("-" if at in dots else item for at, item in enumerate(name)) if dots else name


def price_of(model: str, at: float = 0.0) -> Price | None:
    """Return what a model cost at a time (seconds since the epoch, 0 for now), None when nobody told us."""
    name = known(model)
    price = _price(name, time.strftime("%Y-%m-%d", time.gmtime(at or time.time()))) if name else None
    if price is None:
        return None
    if price.fast is not None and model.lower().endswith(_FAST) and not name.endswith(_FAST):
        price = price.fast
    factor = surcharge_of(model)
    return price if factor == 1.0 else times(price, factor)


def times(price: Price, factor: float) -> Price:
    """Return a price multiplied by a factor, in all its parts."""
    return Price(
        *(getattr(price, name) * factor for name in FIELDS),
        above=price.above,
        long=None if price.long is None else times(price.long, factor),
        fast=None if price.fast is None else times(price.fast, factor),
    )


def _price(name: str, day: str) -> Price | None:
    if (name, day) not in _priced:
        _priced[name, day] = _priced_on(name, day)
    return _priced[name, day]


def _priced_on(name: str, day: str) -> Price | None:
    row = _table()["models"][name]
    steps = [step for step in row["steps"] if step[0] <= day]
    if not steps:
        return None
    _, values, long = steps[-1]
    fast = row.get("fast")
    return _of(
        values, above=long[0] if long else 0, long=_of(long[1]) if long else None, fast=_of(fast) if fast else None
    )


def _of(values: list[float | None], *, above: int = 0, long: Price | None = None, fast: Price | None = None) -> Price:
    """Return a price; what a source does not tell costs what the same tokens cost without a cache."""
    given, output, read, minutes, hour = values
    fresh = given or 0.0
    minutes = fresh if minutes is None else minutes
    return Price(
        fresh,
        output or 0.0,
        fresh if read is None else read,
        minutes,
        minutes if hour is None else hour,
        above=above,
        long=long,
        fast=fast,
    )


def window_of(model: str) -> int:
    """Return how many tokens a model can hold, 0 when nobody told us."""
    name = known(model)
    if name in _WINDOWS:
        return _WINDOWS[name]
    window = _table()["models"][name].get("window") if name else None
    return window if isinstance(window, int) else 0
