"""Meter: what a live session has used, read on from where its transcript was last read. For the limits on tokens, cost
and context.
"""

from __future__ import annotations

from gateway.analysis.prices.lookup import price_of, window_of
from gateway.analysis.usage.claude import uses_in
from gateway.analysis.usage.tokens import Use, dollars, tokens_of
from gateway.lane_os import open_regular, os
from gateway.policy.limits.counters import USAGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gateway.model.json_text import JsonObject


RECENT = 64
"""Requests whose counts may still grow: a response that is streamed is told of once a block."""

MAX_READ = 8 << 20
"""Most bytes of one transcript that are read for one call; the rest is read for the next ones."""


def metered(state: JsonObject, recorded: dict[str, list[int]], transcript: str) -> dict[str, float]:
    """Return {"tokens", "cost_usd", "context_pct"} as far as they are known, and read `state` on.

    state       what was read so far, JSON data, {} at first
    recorded    {model: counts} that the record itself tells, in the order of `gateway.policy.limits.counters.USAGE`
    transcript  the client's own transcript of the session, or ""
    """
    for key, empty in (("offsets", {}), ("recent", {}), ("tokens", 0), ("cost", 0.0), ("context", [])):
        state.setdefault(key, empty)
    for path, aside in _files(transcript):
        for use in uses_in(_new_lines(path, state["offsets"]), aside=aside):
            _count(state, use)
    found = {"tokens": float(state["tokens"]), "cost_usd": state["cost"]}
    for model, counts in recorded.items():
        tokens = tokens_of(dict(zip(USAGE, counts, strict=True)))
        price = price_of(model)
        found["tokens"] += tokens.total
        found["cost_usd"] += dollars(tokens, price) if price else 0.0
    window = window_of(state["context"][0]) if state["context"] else 0
    if window:
        found["context_pct"] = 100 * state["context"][1] / window
    return found


def _files(transcript: str) -> Iterator[tuple[str, bool]]:
    if not transcript:
        return
    yield transcript, False
    folder = f"{transcript.removesuffix('.jsonl')}/subagents"
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    yield from ((f"{folder}/{name}", True) for name in names if name.endswith(".jsonl"))


def _new_lines(path: str, offsets: dict[str, int]) -> list[bytes]:
    """Return the whole lines that were written since the last time; a file that got shorter is another file."""
    offset = offsets.get(path, 0)
    try:
        with open(open_regular(path, os.O_RDONLY), "rb") as file:
            if file.seek(0, 2) < offset:
                offset = 0
            file.seek(offset)
            data = file.read(MAX_READ)
    except OSError:
        return []
    end = data.rfind(b"\n") + 1
    offsets[path] = offset + (end or (len(data) if len(data) == MAX_READ else 0))
    return data[:end].split(b"\n")


def _count(state: JsonObject, use: Use) -> None:
    """Add a request; one that was told of before counts with what it grew by."""
    price = price_of(use.model)
    cost = dollars(use.tokens, price, fast=use.fast) if price else 0.0
    before = state["recent"].get(use.key, [0, 0.0]) if use.key else [0, 0.0]
    if use.tokens.total >= before[0]:
        state["tokens"] += use.tokens.total - before[0]
        state["cost"] += cost - before[1]
        if use.key:
            state["recent"].pop(use.key, None)
            state["recent"][use.key] = [use.tokens.total, cost]
            while len(state["recent"]) > RECENT:
                del state["recent"][next(iter(state["recent"]))]
    if not use.aside:
        state["context"] = [use.model, use.tokens.total]
