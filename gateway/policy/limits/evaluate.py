"""What the limits say of one more call, given the tally of its session. Pure."""

from __future__ import annotations

from gateway.model.decision import Reason
from gateway.policy.limits.counters import same_tool

METERED = ("tokens", "cost_usd", "context_pct")
"""Limits on what only a meter of the model's usage can tell."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.model.compiled_policy import Limit

    Data = dict[str, Any]

_UNITS = {"cost_usd": "${:.2f}", "context_pct": "{:.0f} %", "duration": "{:.0f} s"}
_SAID = {
    "tool_calls": "tool calls",
    "errors": "failed calls",
    "retries": "retries of this call",
    "duration": "session time",
    "files_modified": "files modified",
    "tokens": "tokens",
    "cost_usd": "cost",
    "context_pct": "of the context window",
}


class Next:
    """The call that is about to be made.

    key      what makes it the same call again
    files    keys of the files it would modify
    now      seconds since the epoch
    metered  {"tokens", "cost_usd", "context_pct"} as far as they are known
    """

    __slots__ = ("files", "key", "metered", "now", "tool")

    def __init__(self, tool: str, key: str, files: tuple[str, ...], now: float, metered: dict[str, float]) -> None:
        self.tool = tool
        self.key = key
        self.files = files
        self.now = now
        self.metered = metered


def judge(limits: list[Limit], tally: Data, call: Next) -> tuple[Reason, ...]:
    """Return a reason for every limit that one more call would pass."""
    return tuple(_spoken(limit, *found) for limit in limits for found in _reached(limit, tally, call))


def stops(limits: list[Limit], reasons: tuple[Reason, ...]) -> bool:
    """Whether a limit that was passed is one that ends the session."""
    rules = {limit["rule"] for limit in limits if limit["stop"]}
    return any(reason.rule in rules and not reason.shadow for reason in reasons)


def _reached(limit: Limit, tally: Data, call: Next) -> list[tuple[float, str]]:
    """Return [(how much there would be, what is told of it)] when the limit speaks, else []."""
    name, most = limit["name"], limit["max"]
    if name == "loop":
        length = _loop(tally["recent"], call.key, limit["length"], limit["repeats"])
        text = (
            f"the last {length} calls, {limit['repeats']} times over"
            if length > 1
            else f"the same call {limit['repeats']} times"
        )
        return [(limit["repeats"], text)] if length else []
    if name == "per_tool":
        count = _of_tool(limit, tally, call)
        return [(count, f"calls of `{limit['tool']}`")] if count > most else []
    value = _value(name, tally, call)
    over = value > most if name in ("tool_calls", "retries", "files_modified") else value >= most and value > 0
    return [(value, _SAID[name])] if over else []


def _value(name: str, tally: Data, call: Next) -> float:
    if name == "tool_calls":
        return float(tally["calls"] + 1)
    if name == "retries":
        return float(tally["failing"].get(call.key, 0))
    if name == "files_modified":
        return float(len({*tally["files"], *call.files}))
    if name == "duration":
        return max(0.0, call.now - tally["first"]) if tally["first"] is not None else 0.0
    return float(tally["errors"]) if name == "errors" else call.metered.get(name, 0.0)


def _of_tool(limit: Limit, tally: Data, call: Next) -> int:
    if not same_tool(limit["tool"], call.tool):
        return 0
    count, times = tally["tools"].get(limit["tool"], (0, ()))
    window = limit["window"]
    return 1 + (int(sum(calls for at, calls in times if call.now - at < window)) if window else count)


def _loop(recent: list[str], key: str, length: int, repeats: int) -> int:
    """Return the length of the shortest run of calls that the last ones, this one included, repeat often enough; 0 when
    none does.
    """
    calls = [*recent, key]
    for period in range(1, length + 1):
        span = period * repeats
        if len(calls) >= span and all(calls[-1 - at] == calls[-1 - at - period] for at in range(span - period)):
            return period
    return 0


def _spoken(limit: Limit, value: float, told: str) -> Reason:
    unit = _UNITS.get(limit["name"], "{:g}")
    if limit["name"] == "loop":
        text = f"a loop: {told}"
    elif limit["name"] in ("tool_calls", "per_tool", "files_modified", "retries"):
        text = f"the limit of {unit.format(limit['max'])} {told} is reached"
    else:
        text = f"the limit of {unit.format(limit['max'])} {told} is reached: {unit.format(value)}"
    hint = (
        "stop here and report; a person decides how to go on"
        if limit["stop"]
        else "change the approach, or ask a person to raise the limit"
    )
    return Reason(limit["effect"], limit["rule"], text, source=limit["source"], hint=hint, shadow=limit["shadow"])
