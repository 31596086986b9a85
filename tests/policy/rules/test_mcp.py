from __future__ import annotations

import pytest

from gateway.policy.rules.mcp import as_text, pick
from tests.builders import tool_effect

DOCUMENT = {
    "files": {"read": {"deny": [".env"]}},
    "mcp": {
        "servers": {
            "db": {
                "tools": {"deny": ["drop_*"]},
                "arguments": [
                    {"tool": "query", "argument": "/sql", "match": "*[Dd][Rr][Oo][Pp]*"},
                    {"tool": "query", "argument": "/options/*/force", "match": "true", "effect": "ask"},
                ],
            },
            "fs": {"effects": {"slurp": {"read": ["/where"]}, "note": {"text": ["/path"]}}},
        }
    },
}


class TestServers:
    @pytest.mark.parametrize(
        ("tool", "arguments", "want"),
        [
            ("mcp__db__drop_table", {}, "deny"),
            ("mcp__other__drop_table", {}, "allow"),
            ("mcp__db__query", {"sql": "DROP TABLE x"}, "deny"),
            ("mcp__db__query", {"sql": "select 1"}, "allow"),
            ("mcp__db__query", {"sql": "select 1", "options": [{"force": True}]}, "ask"),
            ("mcp__fs__slurp", {"where": ".env"}, "deny"),
            ("mcp__fs__note", {"path": ".env"}, "allow"),
            ("mcp__unknown__read_file", {"path": ".env"}, "deny"),
        ],
    )
    def test_table(self, tool: str, arguments: object, want: str) -> None:
        assert tool_effect(DOCUMENT, tool, arguments) == want


class TestPointers:
    def test_pick(self) -> None:
        value = {"a": [{"b": 1}, {"b": 2}], "c": {"d": 3}}
        assert (pick(value, ["a", "*", "b"]), pick(value, ["a", "1", "b"]), pick(value, ["x"]), pick(value, [])) == (
            [1, 2],
            [2],
            [],
            [value],
        )

    def test_as_text(self) -> None:
        assert [as_text(value) for value in ("x", True, None, 1.5, ["a", 1], {"k": "v"})] == ["x", "true", "null", "1.5", "a 1", "v"]
