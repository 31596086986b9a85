"""Which messages are calls: a table of requests and what each is judged as."""

from __future__ import annotations

import pytest

from gateway.doors.mcp.jsonrpc import messages
from gateway.doors.mcp.jsonrpc.messages import Envelope
from gateway.doors.mcp.session.calls import CALLS, Call, join_id, reading_of
from tests.doors.mcp.talk import encoded, request

TABLE = [
    ("tools/call", {"name": "read", "arguments": {"path": "a"}}, Call("mcp__s__read", {"path": "a"})),
    ("tools/call", {"name": "read"}, Call("mcp__s__read", {})),
    ("tools/call", {"arguments": {}}, Call("mcp__s__?", {}, "a call of a tool without a name")),
    ("tools/call", {"name": "read", "arguments": "x"}, Call("mcp__s__read", "x", "arguments that are not an object")),
    ("prompts/get", {"name": "hi", "arguments": {"a": "b"}}, Call("mcp__s__hi", {"a": "b"})),
    ("resources/read", {"uri": "file:///x"}, Call("ReadMcpResourceTool", {"server": "s", "uri": "file:///x"})),
    ("resources/subscribe", {"uri": ""}, Call("ReadMcpResourceTool", {"server": "s"}, "a resource without a URI")),
    (
        "completion/complete",
        {"ref": {"type": "ref/resource", "uri": "file:///{a}/{b}"}, "argument": {"name": "b", "value": ".env"}, "context": {"arguments": {"a": "x"}}},
        Call("ReadMcpResourceTool", {"server": "s", "uri": "file:///x/.env"}),
    ),
    (
        "completion/complete",
        {"ref": {"type": "ref/prompt", "name": "p"}, "argument": {"name": "path", "value": ".e"}},
        Call("mcp__s__p", {"path": ".e"}),
    ),
    ("completion/complete", {"ref": 1}, Call("mcp__s__completion/complete", {"ref": 1}, "a completion of nothing")),
]


class TestCalls:
    @pytest.mark.parametrize(("method", "params", "call"), TABLE)
    def test_reading(self, method: str, params: dict[str, object], call: Call) -> None:
        assert CALLS[method]("s", params) == call


class TestJoin:
    @pytest.mark.parametrize(
        ("meta", "ident"),
        [({"claudecode/toolUseId": "t1"}, "t1"), ({"callId": "c1"}, "c1"), ({"callId": 5}, ""), ({}, "")],
    )
    def test_where_clients_tell(self, meta: dict[str, object], ident: str) -> None:
        (item,) = messages.read(encoded(request(1, "tools/call", name="x", _meta=meta))).items
        assert join_id(item) == ident


class TestReadingOf:
    @pytest.mark.parametrize(
        ("method", "params", "is_call"),
        [
            ("tools/call", {}, True),
            ("resources/read", {}, True),
            ("resources/subscribe", {"uri": "file:///x"}, True),
            ("resources/subscribe", {"uri": None}, True),
            ("resources/subscribe", {}, False),
            ("tools/list", {}, False),
        ],
    )
    def test_tells_calls_from_the_rest(self, method: str, params: dict[str, object], is_call: bool) -> None:
        assert (reading_of(Envelope("request", ("number", 1), method, {"params": params})) is not None) is is_call
