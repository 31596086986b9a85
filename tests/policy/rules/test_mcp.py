from __future__ import annotations

import pytest

from gateway.evaluation import judge, with_actions
from gateway.model.call import ToolCall
from gateway.model.effects import ASK, DENY
from gateway.model.errors import PolicyError
from gateway.policy.rules import mcp
from gateway.policy.rules.mcp import as_text, pick
from tests.builders import HOME, PROJECT, facts, policy, published_schema, tool_effect

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
            "old": {"arguments": [{"tool": "*", "argument": "/a", "match": "x", "expires": "2001-01-01"}]},
            "watched": {"arguments": [{"tool": "*", "argument": "/a", "match": "x", "mode": "observe"}]},
            "open": {"arguments": [{"tool": "*", "argument": "/a", "match": "x", "effect": "allow", "mode": "enforce"}]},
            "closed": {"arguments": [{"tool": "*", "argument": "/a", "match": "x"}]},
            "named": {"tools": {"deny": ["x"]}},
            "stand": {"effects": {"go": {"as": ["cat .env"]}}},
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
            ("MCP__DB__Query", {"sql": "drop x"}, "allow"),
            ("mcp__DB__QUERY", {"sql": "drop x"}, "deny"),
            ("mcp__db__query", {"sql": ["select", "drop x"]}, "deny"),
            ("mcp__db__query", {"text": "drop x"}, "allow"),
            ("mcp__db__query", {"sql": "x", "options": {"a": {"force": True}}}, "ask"),
            ("mcp__db__query", {"sql": "x", "options": [{"force": False}]}, "allow"),
            ("mcp__db__query2", {"sql": "drop x"}, "allow"),
            ("query", {"sql": "drop x"}, "allow"),
            ("mcp__db2__query", {"sql": "drop x"}, "allow"),
            ("mcp__old__any", {"a": "x"}, "allow"),
            ("mcp__watched__any", {"a": "x"}, "allow"),
            ("mcp__open__any", {"a": "x"}, "allow"),
            ("mcp__stand__go", {}, "deny"),
            ("mcp__closed__any", {"a": "x"}, "deny"),
            ("mcp__closed__any", {"a": "y"}, "allow"),
            ("mcp__named__x", {}, "deny"),
            ("mcp__named__y", {}, "allow"),
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

    @pytest.mark.parametrize(
        ("value", "pointer", "want"),
        [
            ([1, 2], ["*"], [1, 2]),
            ({"a": 1, "b": 2}, ["*"], [1, 2]),
            ([1, 2], ["2"], []),
            ([1, 2], ["0"], [1]),
            ([1, 2], ["-1"], []),
            ([1], ["x"], []),
            ({"0": 1}, ["0"], [1]),
            ("text", ["0"], []),
            ({"*": 1, "b": 2}, ["*"], [1, 2]),
            ([[1], [2, 3]], ["*", "*"], [1, 2, 3]),
        ],
    )
    def test_steps(self, value: object, pointer: list[str], want: list[object]) -> None:
        assert pick(value, pointer) == want

    def test_as_text(self) -> None:
        assert [as_text(value) for value in ("x", True, False, None, 1.5, ["a", 1], {"k": "v", "l": [2]})] == [
            "x",
            "true",
            "false",
            "null",
            "1.5",
            "a 1",
            "v 2",
        ]


def test_the_schema_is_the_published_one() -> None:
    assert mcp.schema() == published_schema(mcp.KEY)


def server(**section: object) -> dict[str, object]:
    return policy({"mcp": {"servers": {"db": section}}})["layers"][-1]["sections"]["mcp"]["db"]


CONDITION = {"tool": "Query", "argument": "/a~1b/c~0d", "match": "x"}


class TestParse:
    def test_a_condition_denies_unless_it_says_otherwise(self) -> None:
        (entry,) = server(arguments=[CONDITION])["arguments"]
        assert (entry["effect"], entry["pointer"], entry["name"], entry["rule"]) == (DENY, ["a/b", "c~d"], "query", "mcp.servers.db.arguments[0]")
        assert entry["source"].startswith("doc0.json") and not {"shadow", "expires", "id", "reason", "hint"} & set(entry)

    def test_a_condition_may_say_what_any_entry_may(self) -> None:
        told = {"id": "i", "reason": "r", "hint": "h"}
        (entry,) = server(arguments=[{**CONDITION, **told, "effect": "ask", "mode": "observe", "expires": "2030-01-01"}])["arguments"]
        assert {key: entry[key] for key in told} == told and (entry["effect"], entry["shadow"]) == (ASK, True) and entry["expires"] > 1.8e9

    def test_the_root_is_a_pointer(self) -> None:
        (entry,) = server(arguments=[{**CONDITION, "argument": ""}])["arguments"]
        assert entry["pointer"] == []

    @pytest.mark.parametrize(
        "section",
        [
            *({"arguments": [{key: value for key, value in CONDITION.items() if key != left}]} for left in CONDITION),
            {"arguments": [{**CONDITION, "argument": "a"}]},
            {"arguments": [{**CONDITION, "argument": 1}]},
            {"arguments": [{**CONDITION, "effect": "stop"}]},
            {"arguments": [{**CONDITION, "mode": "dream"}]},
            {"arguments": [{**CONDITION, "with": ["x"]}]},
            {"effects": {"t": {"eats": ["/a"]}}},
            {"effects": {"t": {"read": ["a"]}}},
            {"pin": "yes"},
            {"unheard": 1},
        ],
    )
    def test_refuses(self, section: dict[str, object]) -> None:
        with pytest.raises(PolicyError):
            server(**section)

    def test_flags_and_effects(self) -> None:
        found = server(pin=True, hide_denied=False, effects={"t": {"read": ["/a/b"], "as": ["ls /x"]}})
        assert found == {"pin": True, "hide_denied": False, "effects": {"t": {"read": [["a", "b"]], "as": [["ls /x"]]}}}

    def test_no_server_is_none(self) -> None:
        assert "mcp" not in policy({"mcp": {}})["layers"][-1]["sections"] or policy({"mcp": {}})["layers"][-1]["sections"]["mcp"] == {}


def test_says_what_with_which_argument() -> None:
    compiled = policy(DOCUMENT)
    judged = with_actions(ToolCall("mcp__db__query", {"sql": "drop x"}, cwd=PROJECT), compiled, HOME)
    reason = judge(compiled, judged, facts()).reasons[0]
    assert "calling `mcp__db__query` with this `/sql` is denied by mcp.servers.db.arguments[0]" in reason.text
