"""A session as Chrome's trace event format (JSON object form), which Perfetto and speedscope open.

Calls are complete events ("X") on lanes of their own, because slices of one thread must nest and calls of an agent may
overlap; prompts, responses and errors without a call are instants ("i"). Times are microseconds since the session
began.
"""

from __future__ import annotations

from collections.abc import Iterator

from gateway.analysis.call_outcomes import DONE, FAILED, REFUSED, REJECTED, UNKNOWN, WORDS, CallOutcomes, Settled
from gateway.analysis.event_text import arguments_of, flat, one_line, subject_of, text_of, tool_of
from gateway.exports.session_stream import Leaving
from gateway.model.event import TOOL_CALL, Event
from gateway.model.json_text import line_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

PROCESS = 1
SAID = 0
"""The thread of what was said; lanes of calls are numbered from 1."""
_COLOURS = {REFUSED: "terrible", REJECTED: "terrible", FAILED: "bad"}
"""Outcome -> colour; what was only asked about is `bad` as well."""
TEXT = 2_000


def written(leaving: Leaving) -> Iterator[bytes]:
    """Yield the trace."""
    lanes = _Lanes()
    name = str(leaving.meta.get("agent_name") or "agent")
    yield b'{"displayTimeUnit":"ms","otherData":' + line_of({"session": leaving.session})[:-1] + b',"traceEvents":[\n'
    yield line_of(_named("process_name", f"{name} {leaving.session}", SAID))[:-1]
    yield b",\n" + line_of(_named("thread_name", "conversation", SAID))[:-1]
    for event in leaving.events():
        for item in lanes.add(event, content=leaving.content):
            yield b",\n" + line_of(item)[:-1]
    for item in lanes.rest():
        yield b",\n" + line_of(item)[:-1]
    yield b"\n]}\n"


def _named(kind: str, name: str, thread: int) -> JsonObject:
    return {"ph": "M", "pid": PROCESS, "tid": thread, "name": kind, "args": {"name": name}}


class _Lanes:
    """Gives every call the lowest lane that is free while it runs."""

    def __init__(self) -> None:
        self.begin = 0.0
        self.last = 0.0
        self.open: dict[str, tuple[JsonObject, int]] = {}
        self.outcomes = CallOutcomes()
        self.free: list[int] = []
        self.lanes = 0

    def add(self, event: Event, *, content: bool) -> Iterator[JsonObject]:
        """Yield what can be written now that an event has come."""
        self.begin = self.begin or event.timestamp
        at = max(round((event.timestamp - self.begin) * 1_000_000), 0)
        self.last = max(self.last, at)
        settled = self.outcomes.add(event)
        if event.type == TOOL_CALL:
            if settled is not None:
                yield self._freed(settled)
            yield from self._opened(event, at, content)
        elif settled is not None:
            item = self._freed(settled)
            item["dur"] = max(at - item["ts"], 0)
            if content:
                item["args"]["result"] = one_line(flat(event.data.get("result") or event.data.get("error") or ""), TEXT)
            yield item
        else:
            args = {"text": one_line(text_of(event), TEXT)} if content else {}
            yield {
                "ph": "i",
                "s": "t",
                "pid": PROCESS,
                "tid": SAID,
                "ts": at,
                "name": event.type,
                "cat": "said",
                "args": args,
            }

    def _opened(self, event: Event, at: int, content: bool) -> Iterator[JsonObject]:
        if self.free:
            lane = min(self.free)
            self.free.remove(lane)
        else:
            self.lanes += 1
            lane = self.lanes
            yield _named("thread_name", f"calls {lane}", lane)
        name = f"{tool_of(event)} {subject_of(event, 80)}".strip() if content else tool_of(event)
        args: JsonObject = {"event_id": event.id, **({"arguments": arguments_of(event)} if content else {})}
        item = {
            "ph": "X",
            "pid": PROCESS,
            "tid": lane,
            "ts": at,
            "dur": 0,
            "name": name or event.type,
            "cat": "tool",
            "args": args,
        }
        decision = event.data.get("decision")
        if isinstance(decision, dict):
            args["verdict"] = decision.get("effect")
            if decision.get("effect") == "ask":
                item["cname"] = _COLOURS[FAILED]
        if event.id:
            self.open[event.id] = (item, lane)
        else:
            yield _told(item, UNKNOWN)
            self.free.append(lane)

    def _freed(self, settled: Settled) -> JsonObject:
        """Return a call whose outcome is known, and give its lane back."""
        item, lane = self.open.pop(settled.id)
        self.free.append(lane)
        return _told(item, settled.outcome)

    def rest(self) -> Iterator[JsonObject]:
        """Yield the calls that never came back."""
        for settled in self.outcomes.rest():
            item = self._freed(settled)
            item["args"]["unfinished"] = True
            yield item


def _told(item: JsonObject, outcome: str) -> JsonObject:
    """Return a slice with what became of its call; what did not happen says so in its name."""
    item["args"]["outcome"] = outcome
    if outcome == FAILED:
        item["args"]["failed"] = True
    if outcome in _COLOURS:
        item["cname"] = _COLOURS[outcome]
    if outcome not in (DONE, FAILED):
        item["name"] += f" ({WORDS[outcome]})"
    return item
