"""The way back to the client: events that change keep what is not data, and what may not pass leaves no trace of itself."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import structlog

from gateway.doors.mcp.http.address import address_of
from gateway.doors.mcp.http.relay import Relay, Wire, keys_in, lost
from gateway.doors.mcp.http.sessions import Session, Sessions
from gateway.doors.mcp.http.upstream import Upstream
from gateway.doors.mcp.jsonrpc import sse
from gateway.doors.mcp.session.steps import TO_CLIENT, TO_SERVER, Step
from tests.doors.mcp.talk import Talk, answer, request, tool


class Saying:
    """A conversation that says what it is told to."""

    def __init__(self, *steps: Step) -> None:
        self.steps = steps
        self.heard: list[bytes] = []
        self.unsettled = False
        self.definitions: list[dict[str, object]] = []

    def settle(self) -> None:
        self.unsettled = False

    def from_server(self, raw: bytes) -> tuple[Step, ...]:
        self.heard.append(raw)
        return self.steps


def relay(conversation: Any, endpoint: Any = None) -> Relay:
    wire = Wire(Upstream(address_of("http://h/mcp")), Sessions(lambda: conversation), structlog.get_logger())
    wire.errand = lambda session, raw: wire.__dict__.setdefault("sent", []).append(raw)  # type: ignore[method-assign]
    return Relay(wire, Session(conversation), endpoint)


def first(stream: bytes) -> sse.Event:
    return sse.Reader().feed(stream)[0]


EVENT = b"id: 3\r\nevent: message\r\ndata: {}\r\n\r\n"


class TestEvent:
    def test_unchanged_is_byte_for_byte(self) -> None:
        assert relay(Saying(Step(TO_CLIENT, b"{}"))).event(first(EVENT)) == EVENT

    def test_changed_keeps_id_and_type(self) -> None:
        assert relay(Saying(Step(TO_CLIENT, b"[]"))).event(first(EVENT)) == b"id: 3\r\nevent: message\r\ndata: []\n\n"

    def test_dropped_keeps_only_the_id(self) -> None:
        assert relay(Saying()).event(first(EVENT)) == b"id: 3\r\nevent: message\r\n\n"

    def test_several_are_several_events_and_the_last_has_the_id(self) -> None:
        found = relay(Saying(Step(TO_CLIENT, b"1"), Step(TO_CLIENT, b"2"))).event(first(EVENT))
        assert found == b"event: message\ndata: 1\n\nid: 3\r\nevent: message\r\ndata: 2\n\n"

    def test_what_is_no_message_is_not_judged(self) -> None:
        saying = Saying()
        for stream in (b"id: 1\ndata: \n\n", b": ping\n", b"event: ping\ndata: 2026-11-25\n\n"):
            assert relay(saying).event(first(stream)) == stream
        assert saying.heard == []

    def test_a_message_under_another_type_is_judged(self) -> None:
        saying = Saying()
        assert relay(saying).event(first(b'event: ping\ndata:  {"a":1}\n\n')) == b"event: ping\n\n"
        assert saying.heard == [b' {"a":1}']

    def test_an_endpoint_is_what_the_listener_makes_of_it(self) -> None:
        made = relay(Saying(), lambda data: b"/x").event(first(b"event: endpoint\ndata: http://h/x\n\n"))
        assert made == b"event: endpoint\ndata: /x\n\n"

    def test_an_id_makes_the_stream_resumable(self) -> None:
        one = relay(Saying())
        one.event(first(b"data: {}\n\n"))
        assert not one.resumable
        one.event(first(EVENT))
        assert one.resumable


class TestJudged:
    def test_what_is_handed_on_before_it_is_recorded_is_recorded_next(self) -> None:
        saying = Saying(Step(TO_CLIENT, b"{}"))
        saying.unsettled = True

        async def turn() -> list[bool]:
            assert relay(saying).judged(b"{}") == [b"{}"]
            before = saying.unsettled
            await asyncio.sleep(0)
            return [before, saying.unsettled]

        assert asyncio.run(turn()) == [True, False]

    def test_what_goes_to_the_server_is_an_errand(self) -> None:
        one = relay(Saying(Step(TO_SERVER, b"no"), Step(TO_CLIENT, b"yes")))
        assert one.judged(b"{}") == [b"yes"] and one.wire.__dict__["sent"] == [b"no"]

    def test_definitions_tell_what_headers_repeat(self, tmp_path: Path) -> None:
        one = relay(Talk(tmp_path).conversation)
        schema = {"type": "object", "properties": {"region": {"type": "string", "x-mcp-header": "Region"}}}
        one.session.conversation.from_client(json.dumps(request(1, "tools/list")).encode())
        one.judged(json.dumps(answer(1, {"tools": [{"name": "query", "inputSchema": schema}]})).encode())
        assert one.wire.mirrors == {"query": {"region": ("region",)}}


class TestKeys:
    def test_are_typed(self) -> None:
        assert keys_in(json.dumps([tool(1, "x"), tool("1", "x"), answer(2, {})]).encode()) == {("number", 1), ("string", "1")}
        assert keys_in(b"{") == set()

    def test_a_lost_answer_names_its_request(self) -> None:
        told = json.loads(lost(("string", "a"), "gone"))
        assert told["id"] == "a" and told["error"]["code"] > 0 and "gone" in told["error"]["message"]
