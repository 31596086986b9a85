"""Write `table.json` again: `python -m gateway.analysis.prices.update litellm-….whl` (fetch it with `pip download
--no-deps litellm`).

Prices and windows are LiteLLM's; genai-prices adds what LiteLLM no longer lists, the dates at which prices changed,
prices of long prompts and of fast mode. What the two say differently is printed, to be looked at before the table is
committed. Both are MIT-licensed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

from gateway.analysis.prices.lookup import FIELDS, TABLE, spellings_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

Row = dict[str, Any]
Steps = list[list[Any]]

_PROVIDERS = {
    "anthropic": "anthropic",
    "openai": "openai",
    "gemini": "google",
    "vertex_ai-language-models": "google",
    "xai": "x-ai",
    "deepseek": "deepseek",
    "mistral": "mistral",
    "moonshot": "moonshotai",
    "zai": "zai",
    "minimax": "minimax",
    "cohere_chat": "cohere",
    "dashscope": "alibaba",
    "xiaomi_mimo": "xiaomi",
    "inception": "inception",
}
"""LiteLLM's name of a provider -> genai-prices'. Makers of models only: who serves those of others has other prices."""

_OWN = {"dashscope": ("qwen", "qwq")}
"""How the models begin that a maker made itself, where it serves those of others too."""
_CLOUDS = ("bedrock", "bedrock_converse")
_GEOGRAPHIES = re.compile(r"(us|eu|apac|au|jp|us-gov)\.(?=anthropic\.|openai\.|xai\.)")
_SURCHARGES = (1.005, 1.5)
"""Between which two a ratio of prices is a surcharge: below it is rounding, above it is another price."""

_MODES = ("chat", "responses")
_LEFT_OUT = re.compile(r"^(ft:|.*(audio|realtime|image|tts|transcribe|search-|live|embed|ocr|video|container))")
_LITELLM = (
    "input_cost_per_token",
    "output_cost_per_token",
    "cache_read_input_token_cost",
    "cache_creation_input_token_cost",
)
_HOUR = "cache_creation_input_token_cost_above_1hr"
_GENAI = ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok")
_FAMILIES = ("sonnet", "opus", "haiku")
_SOURCE_FILE = "model_prices_and_context_window_backup.json"


def litellm_rows(data: JsonObject) -> dict[str, Row]:
    """Return the rows of LiteLLM's table; dollars per million tokens, in the order of FIELDS."""
    rows: dict[str, Row] = {}
    for name, entry in data.items():
        model = name.rpartition("/")[2].lower()
        if entry.get("litellm_provider") not in _PROVIDERS or entry.get("mode") not in _MODES or _LEFT_OUT.match(model):
            continue
        if not entry.get("input_cost_per_token") or (model in rows and "/" in name):
            continue
        if not model.startswith(_OWN.get(entry["litellm_provider"], "")):
            continue
        row: Row = {"steps": [["", [_mtok(entry.get(key)) for key in (*_LITELLM, _HOUR)], _litellm_long(entry)]]}
        window = entry.get("max_input_tokens")
        if isinstance(window, int):
            row["window"] = window
        rows[model] = row
    return rows


def _litellm_long(entry: JsonObject) -> list[Any] | None:
    """Return [prompt tokens above which other prices hold, those prices]."""
    for key in entry:
        match = re.fullmatch(r"input_cost_per_token_above_(\d+)k_tokens", key)
        if match:
            tail = f"_above_{match[1]}k_tokens"
            return [int(match[1]) * 1000, [_mtok(entry.get(name + tail)) for name in (*_LITELLM, _HOUR)]]
    return None


def _mtok(value: object) -> float | None:
    return float(round(Decimal(repr(value)) * 1_000_000, 6)) if isinstance(value, int | float) else None


def genai_rows(providers: Any, names: set[str]) -> dict[str, Row]:
    """Return the rows of genai-prices, under their own names and under every one of `names` that they match."""
    wanted = set(_PROVIDERS.values())
    rows: dict[str, Row] = {}
    for provider in providers:
        if provider.id not in wanted:
            continue
        for model in provider.models:
            if _LEFT_OUT.match(model.id.lower()) or (provider.id == "google" and model.id.startswith("claude")):
                continue
            row = _genai_row(model)
            if row["steps"]:
                matched = [name for name in names if name not in rows and model.match.is_match(name)]
                rows.update(dict.fromkeys((model.id.lower().removesuffix("-latest"), *matched), row))
    return rows


def _genai_row(model: Any) -> Row:
    prices = model.prices if isinstance(model.prices, list) else [None]
    steps: Steps = []
    for item in prices:
        price = model.prices if item is None else item.prices
        start = getattr(getattr(item, "constraint", None), "start_date", None)
        if item is not None and item.constraint is not None and start is None:
            continue  # a price of certain hours of the day
        values = [_base(getattr(price, key, None)) for key in _GENAI]
        if values[0]:
            steps.append([start.isoformat() if start else "", values, _genai_long(price)])
    row: Row = {"steps": sorted(steps, key=lambda step: str(step[0]))}
    if model.context_window:
        row["window"] = model.context_window
    for variant in model.price_variants or ():
        if variant.when == {"speed": "fast"}:
            row["fast"] = [_base(getattr(variant.prices, key, None)) for key in _GENAI]
    return row


def _base(value: Any) -> float | None:
    value = getattr(value, "base", value)
    return float(value) if value is not None else None


def _genai_long(price: Any) -> list[Any] | None:
    tiers = getattr(price.input_mtok, "tiers", None)
    if not tiers:
        return None
    return [tiers[0].start, [_tier(getattr(price, key, None)) for key in _GENAI]]


def _tier(value: Any) -> float | None:
    tiers = getattr(value, "tiers", None)
    return float(tiers[0].price) if tiers else _base(value)


def merged(lite: dict[str, Row], genai: dict[str, Row], today: str) -> dict[str, Row]:
    """Return LiteLLM's rows with what only genai-prices knows: other dates, long prompts, fast mode, models that are
    gone.
    """
    rows: dict[str, Row] = {}
    for name in sorted({*lite, *genai}):
        ours, theirs = lite.get(name), genai.get(name)
        if ours is None or theirs is None:
            rows[name] = {**(ours or theirs or {})}
            if ours is None:
                rows[name]["from"] = "genai-prices"
            continue
        row = {**theirs, **ours, "steps": [list(step) for step in theirs["steps"]]}
        current = max((step for step in row["steps"] if step[0] <= today), key=lambda step: str(step[0]))
        price, long = ours["steps"][0][1:]
        current[1] = [mine if mine is not None else other for mine, other in zip(price, current[1], strict=True)]
        current[2] = long or current[2]
        rows[name] = row
    return rows


def disagreements(lite: dict[str, Row], genai: dict[str, Row], today: str) -> list[str]:
    """Return what the two sources say differently of the same model today."""
    disagreements = []
    for name in sorted({*lite} & {*genai}):
        theirs = max((step for step in genai[name]["steps"] if step[0] <= today), key=lambda step: str(step[0]))
        for field, ours, other in zip(FIELDS, lite[name]["steps"][0][1], theirs[1], strict=True):
            if ours is not None and other is not None and ours != other:
                disagreements.append(f"{name}: {field} {ours:g} (LiteLLM), {other:g} (genai-prices)")
        if lite[name].get("window") != genai[name].get("window"):
            disagreements.append(
                f"{name}: window {lite[name].get('window')} (LiteLLM), {genai[name].get('window')} (genai-prices)"
            )
    return disagreements


def aliases(names: set[str]) -> dict[str, str]:
    """Return other names of models: the short ones of the command line (the newest of each family), those with the
    family behind the version (OpenRouter, Snowflake, Cursor), and a first version without its `-0`.
    """
    aliases = {"gpt4": "gpt-4", "gpt4o": "gpt-4o", "gpt-35-turbo": "gpt-3.5-turbo"}
    for name in sorted(names):
        match = re.fullmatch(r"claude-([a-z]+)-(\d+)(?:-(\d))?", name)
        if match:
            family, version, minor = match[1], match[2], match[3] or "0"
            short = [f"claude-{version}-{family}", f"claude-{family}-{version}"] if minor == "0" else []
            aliases.update((other, name) for other in [f"claude-{version}-{minor}-{family}", *short])
        if name.endswith("-chat-latest"):
            aliases[name.removesuffix("-latest")] = name
    for other in [other for other in aliases if other in names]:
        del aliases[other]
    for family in _FAMILIES:
        versions = [
            (int(match[1]), int(match[2] or 0), name)
            for name in names
            if (match := re.fullmatch(rf"claude-{family}-(\d)(?:-(\d))?", name))
        ]
        aliases[family] = max(versions)[2]
    return aliases


def surcharges(lite: JsonObject, models: dict[str, Row], names: dict[str, str]) -> dict[str, float]:
    """Return {geography and model: what its price is multiplied by} for Bedrock's endpoints of one geography, which
    cost more than the global ones.
    """
    surcharges: dict[str, float] = {}
    for full, entry in sorted(lite.items()):
        place = _GEOGRAPHIES.match(full)
        name = _table_name(full, models, names) if place and entry.get("litellm_provider") in _CLOUDS else ""
        price = _mtok(entry.get(_LITELLM[0]))
        if place and name and price:
            ratio = price / models[name]["steps"][-1][1][0]
            if _SURCHARGES[0] < ratio < _SURCHARGES[1]:
                undated = re.sub(r"-\d{8}$", "", name)
                for other in {name, undated} & {*models}:
                    surcharges[f"{place[0]}{other}"] = round(ratio, 3)
    return surcharges


def _table_name(full: str, models: dict[str, Row], names: dict[str, str]) -> str:
    spellings = [names.get(name, name) for name in spellings_of(full.lower())]
    return next((name for name in spellings if name in models), "")


def table(lite: JsonObject, providers: Any, sources: list[str], today: str) -> JsonObject:
    """Return the whole table."""
    ours = litellm_rows(lite)
    theirs = genai_rows(providers, set(ours))
    models = merged(ours, theirs, today)
    names = aliases(set(models))
    return {
        "date": today,
        "sources": sources,
        "fields": list(FIELDS),
        "aliases": names,
        "surcharges": surcharges(lite, models, names),
        "models": models,
    }


def rendered(value: JsonObject) -> str:
    """Return the table as text, one model a line."""
    head = [f"{json.dumps(key)}: {json.dumps(item)}" for key, item in value.items() if key != "models"]
    lines = [f"{json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in value["models"].items()]
    return "{" + ",\n".join(head) + ',\n"models": {\n' + ",\n".join(lines) + "\n}}\n"


def read_litellm(path: str) -> tuple[JsonObject, str]:
    """Return (LiteLLM's table, its version) from its wheel. Raises KeyError when the wheel holds none."""
    with zipfile.ZipFile(path) as wheel:
        name = next((name for name in wheel.namelist() if name.endswith(_SOURCE_FILE)), _SOURCE_FILE)
        return json.loads(wheel.read(name)), os.path.basename(path).split("-")[1]


def main() -> None:
    """Write the table and print what the sources disagree about."""
    import importlib.metadata

    from genai_prices.data import providers

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", help="LiteLLM's wheel")
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        default=date.fromtimestamp(time.time()).isoformat(),
        help="When the wheel was made: what it says holds for the price of that day, not for a later one.",
    )
    options = parser.parse_args()
    lite, version = read_litellm(options.wheel)
    today = options.as_of
    sources = [f"litellm {version}", f"genai-prices {importlib.metadata.version('genai-prices')}"]
    value = table(lite, providers, sources, today)
    ours = litellm_rows(lite)
    sys.stdout.writelines(f"{line}\n" for line in disagreements(ours, genai_rows(providers, set(ours)), today))
    with open(TABLE, "w", encoding="utf-8") as file:
        file.write(rendered(value))
    sys.stdout.write(f"{len(value['models'])} models written to {TABLE}\n")


if __name__ == "__main__":
    main()
