"""Headers that repeat the body: what agrees, what lies, and what follows a rewritten body."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.doors.mcp.http.mcp_headers import mirrors_in, mismatch, rewritten, unwrapped, wrapped

NEW = "2026-07-28"


def call(name: str = "query", version: str = NEW, **arguments: Any) -> dict[str, Any]:
    meta = {"io.modelcontextprotocol/protocolVersion": version}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments, "_meta": meta}}


READ = {"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {"uri": "file:///a b"}}
NOTE = {"jsonrpc": "2.0", "method": "notifications/initialized"}
ANSWER = {"jsonrpc": "2.0", "id": 1, "result": {}}
KNOWN = {"query": {"region": ("region",), "deep": ("where", "id"), "n": ("n",)}}

AGREES = [
    ("no headers", {}, call()),
    ("method", {"mcp-method": "tools/call"}, call()),
    ("name", {"mcp-name": "query"}, call()),
    ("wrapped name", {"mcp-name": "=?base64?cXVlcnk=?="}, call()),
    ("uri", {"mcp-name": "file:///a b"}, READ),
    ("version", {"mcp-protocol-version": NEW}, call()),
    ("version without one in the body", {"mcp-protocol-version": "2025-06-18"}, READ),
    ("parameter", {"mcp-param-region": "eu"}, call(region="eu")),
    ("nested parameter", {"mcp-param-deep": "7"}, call(where={"id": 7})),
    ("integer as a decimal", {"mcp-param-n": "42.0"}, call(n=42)),
    ("truth", {"mcp-param-n": "true"}, call(n=True)),
    ("a header that no schema names", {"mcp-param-other": "x"}, call(region="eu")),
    ("unknown tool, value stands in the arguments", {"mcp-param-x": "eu"}, call("else", a={"b": "eu"})),
    ("notification", {"mcp-method": "notifications/initialized"}, NOTE),
    ("answer", {"mcp-session-id": "s"}, ANSWER),
    ("batch of one kind", {"mcp-method": "tools/call"}, [call(), call("other")]),
    ("task", {"mcp-name": "t-1"}, {"id": 1, "method": "tasks/get", "params": {"taskId": "t-1"}}),
]
LIES = [
    ("method", {"mcp-method": "tools/list"}, call()),
    ("method in other letters", {"mcp-method": "Tools/Call"}, call()),
    ("name", {"mcp-name": "other"}, call()),
    ("name of nothing", {"mcp-name": "query"}, {"id": 1, "method": "tools/list"}),
    ("broken wrapping", {"mcp-name": "=?base64?cXVlcnk?="}, call()),
    ("wrapping that is not canonical", {"mcp-name": "=?base64?cXVlcnl=?="}, call("query")),
    ("uri", {"mcp-name": "file:///c"}, READ),
    ("version", {"mcp-protocol-version": "2025-06-18"}, call()),
    ("parameter", {"mcp-param-region": "us"}, call(region="eu")),
    ("parameter without an argument", {"mcp-param-region": "us"}, call()),
    ("parameter of another argument", {"mcp-param-region": "eu"}, call(other="eu")),
    ("parameter in an unknown tool", {"mcp-param-x": "us"}, call("else", a="eu")),
    ("text that is not a number", {"mcp-param-n": "4e1"}, call(n=40)),
    ("method of an answer", {"mcp-method": "tools/call"}, ANSWER),
    ("one of a batch", {"mcp-method": "tools/call"}, [call(), NOTE]),
    ("arguments that are no object", {"mcp-param-region": "eu"}, {"id": 1, "method": "tools/call", "params": {"name": "query", "arguments": ["eu"]}}),
]


class TestMismatch:
    @pytest.mark.parametrize(("_", "headers", "message"), AGREES, ids=[row[0] for row in AGREES])
    def test_agreement_is_silent(self, _: str, headers: dict[str, str], message: object) -> None:
        assert mismatch(list(headers.items()), message, KNOWN) == ""

    @pytest.mark.parametrize(("_", "headers", "message"), LIES, ids=[row[0] for row in LIES])
    def test_a_lie_is_named(self, _: str, headers: dict[str, str], message: object) -> None:
        assert "header" in mismatch(list(headers.items()), message, KNOWN)

    def test_a_header_given_twice_is_refused_even_when_both_agree(self) -> None:
        assert "more than once" in mismatch([("mcp-method", "tools/call")] * 2, call(), {})

    @given(
        st.lists(st.tuples(st.sampled_from(["mcp-method", "mcp-name", "mcp-param-a", "x"]), st.text(max_size=5)), max_size=4),
        st.recursive(
            st.none() | st.text(max_size=5) | st.integers(),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["method", "params", "name", "arguments", "uri"]), inner, max_size=4)
            ),
            max_leaves=10,
        ),
    )
    @settings(max_examples=150, deadline=None)
    def test_never_raises(self, headers: list[tuple[str, str]], message: object) -> None:
        assert isinstance(mismatch(headers, message, KNOWN), str)
        assert isinstance(rewritten(headers, message, message, KNOWN), list)


class TestWrapping:
    @given(st.text())
    def test_comes_back(self, text: str) -> None:
        assert unwrapped(wrapped(text)) == text
        assert wrapped(text).isascii() and "\n" not in wrapped(text)


class TestRewritten:
    @pytest.mark.parametrize(
        ("_", "headers", "before", "after", "expected"),
        [
            ("known", {"mcp-param-region": "eu"}, call(region="eu"), call(region="[gone]"), {"mcp-param-region": "[gone]"}),
            ("unknown tool", {"mcp-param-x": "eu"}, call("z", a={"b": "eu"}), call("z", a={"b": "é"}), {"mcp-param-x": "=?base64?w6k=?="}),
            ("unchanged keeps its form", {"mcp-param-n": "42.0"}, call(n=42, region="a"), call(n=42, region="b"), {"mcp-param-n": "42.0"}),
            ("dropped argument drops its header", {"mcp-param-region": "eu"}, call(region="eu"), call(), {}),
            ("uri", {"mcp-name": "file:///a b"}, READ, {**READ, "params": {"uri": "file:///x"}}, {"mcp-name": "file:///x"}),
            ("others stay", {"accept": "*/*", "mcp-method": "tools/call"}, call(), call(a=1), {"accept": "*/*", "mcp-method": "tools/call"}),
        ],
    )
    def test_follows_the_body(self, _: str, headers: dict[str, str], before: object, after: object, expected: dict[str, str]) -> None:
        found = rewritten(list(headers.items()), before, after, KNOWN)
        assert dict(found) == expected
        assert mismatch(found, after, KNOWN) == ""


class TestMirrorsIn:
    def test_reads_annotations_on_properties_alone(self) -> None:
        schema = {
            "type": "object",
            "properties": {
                "region": {"type": "string", "x-mcp-header": "Region"},
                "where": {"type": "object", "properties": {"id": {"type": "integer", "x-mcp-header": "Id"}}},
                "list": {"type": "array", "items": {"type": "string", "x-mcp-header": "No"}},
            },
        }
        definitions = [{"name": "q", "inputSchema": schema}, {"name": "bare"}, {"name": 7}, {}]
        assert mirrors_in(definitions) == {"q": {"region": ("region",), "id": ("where", "id")}, "bare": {}}
