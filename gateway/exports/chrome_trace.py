"""A session as Chrome's trace event format (JSON object form), which Perfetto and speedscope open.

Calls are complete events ("X") on lanes of their own, because slices of one thread must nest and calls of an agent may
overlap; prompts, responses and errors without a call are instants ("i"). Times are microseconds since the session
began.
"""

from __future__ import annotations

from collections.abc import Iterator

from gateway.analysis.event_text import arguments_of, flat, one_line, subject_of, text_of, tool_of
from gateway.exports.session_stream import Leaving
from gateway.model.event import ERROR, TOOL_CALL, TOOL_RESULT, Event
from gateway.model.json_text import line_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

PROCESS = 1
SAID = 0
"""The thread of what was said; lanes of calls are numbered from 1."""
MAX_OPEN = 10_000
"""Most calls that wait for their result; the oldest is written without one."""
_COLOURS = {"deny": "terrible", "ask": "bad", "failed": "bad"}
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
        self.free: list[int] = []
        self.lanes = 0

    def add(self, event: Event, *, content: bool) -> Iterator[JsonObject]:
        """Yield what can be written now that an event has come."""
        self.begin = self.begin or event.timestamp
        at = max(round((event.timestamp - self.begin) * 1_000_000), 0)
        self.last = max(self.last, at)
        if event.type == TOOL_CALL:
            yield from self._opened(event, at, content)
        elif event.type in (TOOL_RESULT, ERROR) and event.parent in self.open:
            item, lane = self.open.pop(event.parent)
            yield self._closed(item, lane, event, at, content)
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
        if len(self.open) >= MAX_OPEN:
            item, lane = self.open.pop(next(iter(self.open)))
            self.free.append(lane)
            yield item
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
            if decision.get("effect") in _COLOURS:
                item["cname"] = _COLOURS[str(decision["effect"])]
        self.open[event.id] = (item, lane)

    def _closed(self, one: JsonObject, lane: int, event: Event, at: int, content: bool) -> JsonObject:
        self.free.append(lane)
        one["dur"] = max(at - one["ts"], 0)
        if event.type == ERROR:
            one["cname"] = _COLOURS["failed"]
            one["args"]["failed"] = True
        if content:
            one["args"]["result"] = one_line(flat(event.data.get("result") or event.data.get("error") or ""), TEXT)
        return one

    def rest(self) -> Iterator[JsonObject]:
        """Yield the calls that never came back."""
        for item, _ in self.open.values():
            item["args"]["unfinished"] = True
            yield item
