"""Which messages are calls: a table of requests and what each is judged as."""

from __future__ import annotations

import pytest

from gateway.doors.mcp.jsonrpc import messages
from gateway.doors.mcp.jsonrpc.messages import Envelope
from gateway.doors.mcp.session.calls import CALLS, SERVER_REQUESTS, Call, builtin_denials, join_id, reading_of
from gateway.model.effects import DENY
from tests.doors.mcp.talk import encoded, request

SECRET_FIELDS = ("password", "passwd", "secret", "token", "apikey", "privatekey", "credential", "passphrase")

TABLE = [
    ("tools/call", {"name": "read", "arguments": {"path": "a"}}, Call("mcp__s__read", {"path": "a"})),
    ("tools/call", {"name": "read"}, Call("mcp__s__read", {})),
    ("tools/call", {"arguments": {}}, Call("mcp__s__?", {}, "a call of a tool without a name")),
    ("tools/call", {"name": "read", "arguments": "x"}, Call("mcp__s__read", "x", "arguments that are not an object")),
    ("tools/call", {"name": "", "arguments": {}}, Call("mcp__s__?", {}, "a call of a tool without a name")),
    ("tools/call", {"name": 5, "arguments": {}}, Call("mcp__s__?", {}, "a call of a tool without a name")),
    ("resources/read", {"uri": 5}, Call("ReadMcpResourceTool", {"server": "s"}, "a resource without a URI")),
    (
        "subscriptions/listen",
        {"notifications": {"resourceSubscriptions": ["file:///x", 5, "file:///y"]}},
        Call("ReadMcpResourceTool", {"server": "s", "uri": ["file:///x", "file:///y"]}),
    ),
    ("subscriptions/listen", {"notifications": {"resourceSubscriptions": "file:///x"}}, Call("mcp__s__subscriptions/listen", {})),
    ("subscriptions/listen", {"notifications": "x"}, Call("mcp__s__subscriptions/listen", {})),
    ("completion/complete", {"ref": {"uri": "x"}}, Call("mcp__s__completion/complete", {"ref": {"uri": "x"}}, "a completion of nothing")),
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
    (
        "completion/complete",
        {"ref": {"uri": "file:///{+a}/{b*}/{c}"}, "argument": {"name": "a", "value": 1}, "context": {"arguments": {"b": "x", "a": "lost"}}},
        Call("ReadMcpResourceTool", {"server": "s", "uri": "file:///1/x/{c}"}),
    ),
    ("completion/complete", {"ref": {}, "argument": {}, "context": "x"}, Call("mcp__s__?", {"": ""})),
    ("completion/complete", {"ref": {"uri": 5, "name": "p"}, "argument": {}, "context": {"arguments": "x"}}, Call("mcp__s__p", {"": ""})),
    (
        "completion/complete",
        {"ref": {"name": "p"}, "argument": "x"},
        Call("mcp__s__completion/complete", {"ref": {"name": "p"}, "argument": "x"}, "a completion of nothing"),
    ),
    ("subscriptions/listen", {"notifications": {"resourceSubscriptions": [5]}}, Call("mcp__s__subscriptions/listen", {})),
    ("subscriptions/listen", {}, Call("mcp__s__subscriptions/listen", {})),
    ("resources/read", {}, Call("ReadMcpResourceTool", {"server": "s"}, "a resource without a URI")),
    ("tools/call", {"name": "read", "arguments": []}, Call("mcp__s__read", [], "arguments that are not an object")),
    ("completion/complete", {"ref": 1}, Call("mcp__s__completion/complete", {"ref": 1}, "a completion of nothing")),
]


class TestCalls:
    @pytest.mark.parametrize(("method", "params", "call"), TABLE)
    def test_reading(self, method: str, params: dict[str, object], call: Call) -> None:
        assert CALLS[method]("s", params) == call


class TestOfServers:
    @pytest.mark.parametrize("method", ["sampling/createMessage", "elicitation/create"])
    def test_what_a_server_asks_is_judged_as_a_tool_of_its_own(self, method: str) -> None:
        assert SERVER_REQUESTS[method]("s", {"a": 1}) == Call(f"mcp__s__{method}", {"a": 1})
        assert set(SERVER_REQUESTS) == {"sampling/createMessage", "elicitation/create"}


class TestJoin:
    @pytest.mark.parametrize(
        ("meta", "ident"),
        [
            ({"claudecode/toolUseId": "t1"}, "t1"),
            ({"callId": "c1"}, "c1"),
            ({"callId": 5}, ""),
            ({}, ""),
            ({"callId": ""}, ""),
            ({"callId": "x"}, "x"),
            ({"callId": "x" * 200}, "x" * 200),
            ({"callId": "x" * 201}, ""),
            ({"claudecode/toolUseId": "t1", "callId": "c1"}, "t1"),
            ({"claudecode/toolUseId": "", "callId": "c1"}, "c1"),
        ],
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
            ("prompts/get", {}, True),
            ("completion/complete", {}, True),
            ("subscriptions/listen", {}, True),
        ],
    )
    def test_tells_calls_from_the_rest(self, method: str, params: dict[str, object], is_call: bool) -> None:
        assert (reading_of(Envelope("request", ("number", 1), method, {"params": params})) is not None) is is_call


class TestBuiltinDenials:
    @pytest.mark.parametrize(
        ("params", "word"),
        [
            ({"mode": "url", "url": "https://example.com/login"}, ""),
            ({"mode": "url", "url": "http://example.com"}, "not https"),
            ({"url": "file:///etc/passwd"}, "not https"),
            ({"mode": "url"}, "not https"),
            ({"url": "https://user:pw@example.com/"}, "credentials in it"),
            ({"url": "https://example.com/@me"}, ""),
            ({"requestedSchema": {"properties": {"name": {}, "api_key": {}}}}, "`api_key`"),
            ({"requestedSchema": {"properties": {"DB Password": {}}}}, "`DB Password`"),
            ({"requestedSchema": {"properties": {"name": {}}}}, ""),
            ({"requestedSchema": {"properties": "odd"}}, ""),
            ({"requestedSchema": "odd"}, ""),
            ({"mode": "form", "requestedSchema": {"properties": {"token": {}}}}, "`token`"),
            ({"url": "HTTPS://example.com/"}, ""),
            ({"url": 5}, "not https"),
            ({"mode": "url", "url": "https://example.com/a?b=@c"}, ""),
            *(({"requestedSchema": {"properties": {f"my-{word}": {}}}}, f"`my-{word}`") for word in SECRET_FIELDS),
            ({"requestedSchema": {"properties": {"tokens": {}}}}, ""),
            ({"requestedSchema": {"properties": {"x" * 70 + "token": {}}}}, f"`{'x' * 60}`"),
        ],
    )
    def test_what_a_server_may_never_ask_of_a_person(self, params: dict[str, object], word: str) -> None:
        reasons = builtin_denials("elicitation/create", params)
        assert bool(reasons) == bool(word) and isinstance(reasons, tuple)
        assert all(word in reason.text and reason.rule == "mcp.elicitation" and reason.effect == DENY for reason in reasons)

    def test_only_of_elicitations(self) -> None:
        assert builtin_denials("sampling/createMessage", {"url": "http://example.com"}) == ()
