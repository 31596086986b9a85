"""Tally: what a session has done so far, as a fold of its events, kept no larger than the limits need. Pure; JSON data
throughout.

    calls     calls let through               tools    {tool: [calls, [[time, calls], …] in its window]}
    errors    calls that failed               recent   keys of the last calls, oldest first
    first     time of the first event         failing  {call key: failures in a row}
    files     keys of files modified          open     {event id: call key} of calls not answered yet
    usage     {model: [input, output, cache read, cache write]} that the record itself tells

A call's key and those of its files stand in its event (`limits`), since what is recorded is cleaned and could not be
compared.
"""

from __future__ import annotations

from gateway.model.effects import DENY, EFFECTS
from gateway.model.event import ERROR, TOOL_CALL, TOOL_RESULT

MAX_KEPT = 256
"""Most open calls, and most failing ones, that are remembered; the oldest are forgotten first. Most times of a tool,
too: where there
are more, two neighbours become one at the later time, so that a call counts a little too long and never too short."""

USAGE = ("input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")

_DENIED = EFFECTS[DENY]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.model.compiled_policy import Limit

    Data = dict[str, Any]
    Limits = list[Limit]


def fresh() -> Data:
    """Return the tally of a session in which nothing has happened."""
    return {
        "calls": 0,
        "errors": 0,
        "first": None,
        "tools": {},
        "recent": [],
        "failing": {},
        "open": {},
        "files": [],
        "usage": {},
    }


def bounds(limits: Limits) -> Data:
    """Return how much of a session has to be remembered for some limits: another answer, another tally."""
    loops = [limit["length"] * limit["repeats"] for limit in limits if limit["name"] == "loop"]
    files = [int(limit["max"]) + 1 for limit in limits if limit["name"] == "files_modified"]
    tools: dict[str, float] = {}
    for limit in limits:
        if limit["name"] == "per_tool":
            tools[limit["tool"]] = max(tools.get(limit["tool"], 0.0), limit["window"])
    return {"recent": max(loops, default=0), "files": max(files, default=0), "tools": tools}


def matters(line: bytes) -> bool:
    """Whether a raw line of the record can change a tally, told without reading it as JSON."""
    head = line[:200]
    return b'"tool_call"' in head or b'"tool_result"' in head or b'"error"' in head or b'"usage"' in line


def needed(line: bytes) -> bytes:
    """Return as much of a raw line as a tally needs, as JSON of its own: of a result, which may be long, what stands
    before its data.
    """
    if b'"tool_call"' in line[:200] or b'"usage"' in line or b'"late":true' in line or not line.endswith(b"}"):
        return line
    head, found, _ = line.partition(b',"data":')
    return head + b',"data":{}}' if found and b'"parent_id"' in head and head.count(b"{") == 1 else line


def fold(tally: Data, event: Data, kept: Data) -> None:
    """Add one event to a tally; one that was taken from the client's transcript later counts nothing: no call passed a
    gate, and the meter reads usage there itself.

    kept  what `bounds` says
    """
    kind, data, at = event.get("event_type"), event.get("data"), event.get("timestamp")
    if tally["first"] is None and isinstance(at, int | float):
        tally["first"] = at
    if not isinstance(data, dict) or data.get("late") is True:
        return
    if kind == TOOL_CALL:
        _fold_call(tally, event, data, kept)
    elif kind in (TOOL_RESULT, ERROR):
        _fold_result(tally, event, failed=kind == ERROR)
    if isinstance(data.get("usage"), dict):
        _fold_usage(tally, data)


def _fold_call(tally: Data, event: Data, data: Data, kept: Data) -> None:
    decision = data.get("decision")
    if isinstance(decision, dict) and decision.get("effect") == _DENIED:
        return
    tally["calls"] += 1
    tool = str(data.get("tool_name"))
    at = event.get("timestamp")
    for name, window in kept["tools"].items():
        if same_tool(name, tool):
            count, times = tally["tools"].get(name, (0, []))
            tally["tools"][name] = [
                count + 1,
                _within(times, float(at) if isinstance(at, int | float) else 0.0, window),
            ]
    keys = data.get("limits")
    if not isinstance(keys, dict):
        return
    key = str(keys.get("call"))
    tally["recent"] = [*tally["recent"], key][-kept["recent"] :] if kept["recent"] else []
    _remember(tally["open"], str(event.get("event_id")), key)
    for file in keys.get("files") or ():
        if file not in tally["files"] and len(tally["files"]) < kept["files"]:
            tally["files"].append(file)


def _within(times: list[list[float]], now: float, window: float) -> list[list[float]]:
    """Return the calls of a window, one more made now."""
    if not window:
        return []
    found = [*(time for time in times if now - time[0] < window), [now, 1]]
    if len(found) > MAX_KEPT:
        found = [[late[0], early[1] + late[1]] for early, late in zip(found[::2], found[1::2], strict=False)] + found[
            len(found) & ~1 :
        ]
    return found


def _fold_result(tally: Data, event: Data, *, failed: bool) -> None:
    tally["errors"] += failed
    key = tally["open"].pop(str(event.get("parent_id")), None)
    if key is None:
        return
    if failed:
        _remember(tally["failing"], key, tally["failing"].pop(key, 0) + 1)
    else:
        tally["failing"].pop(key, None)


def _fold_usage(tally: Data, data: Data) -> None:
    usage = data["usage"]
    counts = tally["usage"].setdefault(str(data.get("model") or ""), [0, 0, 0, 0])
    for index, name in enumerate(USAGE):
        value = usage.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            counts[index] += value


def _remember(kept: Data, key: str, value: object) -> None:
    kept[key] = value
    while len(kept) > MAX_KEPT:
        del kept[next(iter(kept))]


def same_tool(name: str, tool: str) -> bool:
    """Whether a limit's tool name, wildcards allowed, speaks of a tool."""
    if name == tool:
        return True
    if "*" not in name and "?" not in name and "[" not in name:
        return False
    from gateway.model.globs import match_name

    return match_name(name, tool)
