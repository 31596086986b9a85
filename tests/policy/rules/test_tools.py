from __future__ import annotations

import pytest

from gateway.model.action import READ, USE, Action
from gateway.policy.rules import tools
from tests.builders import decide, effect, published_schema


class TestTools:
    @pytest.mark.parametrize(
        ("section", "tool", "want"),
        [
            ({"deny": ["mcp__github__delete_*"]}, "mcp__github__delete_repo", "deny"),
            ({"deny": ["mcp__github__delete_*"]}, "MCP__GitHub__Delete_Repo", "deny"),
            ({"deny": ["mcp__github__delete_*"]}, "mcp__github__get_repo", "allow"),
            ({"ask": ["WebFetch"]}, "WebFetch", "ask"),
            ({"allow": ["Read", "mcp__fs__*"]}, "Read", "allow"),
            ({"allow": ["Read", "mcp__fs__*"]}, "read", "deny"),
            ({"allow": ["Read", "mcp__fs__*"]}, "Bash", "deny"),
            ({"deny": [{"match": "mcp__*", "unless": ["mcp__fs__read"]}]}, "mcp__fs__read", "allow"),
            ({"deny": ["Read"], "ask": ["Read"]}, "Read", "deny"),
            ({"deny": [{"match": "Read", "expires": "2001-01-01"}]}, "Read", "allow"),
            ({"allow": [{"match": "Read", "expires": "2001-01-01"}]}, "Read", "deny"),
            ({"allow": ["Write", "Read"]}, "Read", "allow"),
            ({"allow": []}, "Read", "allow"),
        ],
    )
    def test_table(self, section: dict[str, object], tool: str, want: str) -> None:
        assert effect({"tools": section}, Action(USE, tool)) == want


def test_an_exception_is_as_narrow_as_an_allow_entry() -> None:
    document = {"tools": {"deny": [{"match": "mcp__x__*", "unless": ["mcp__x__get"]}]}}
    assert [effect(document, Action(USE, name)) for name in ("mcp__x__get", "mcp__x__GET", "MCP__X__set")] == ["allow", "deny", "deny"]


def test_what_an_allow_entry_excepts_is_as_wide_as_a_deny() -> None:
    document = {"tools": {"allow": [{"match": "mcp__x__*", "unless": ["mcp__x__DEL"]}]}}
    assert [effect(document, Action(USE, name)) for name in ("mcp__x__get", "mcp__x__del", "mcp__x__DEL")] == ["allow", "deny", "deny"]


def test_the_schema_is_the_published_one() -> None:
    assert tools.schema() == published_schema(tools.KEY)


def test_only_the_use_of_a_tool_is_judged() -> None:
    assert effect({"tools": {"allow": ["Bash"]}}, Action(READ, "x")) == "allow"


@pytest.mark.parametrize(
    ("section", "rule", "text"),
    [
        ({"deny": ["x", "Read"]}, "tools.deny[1]", "calling `Read` is denied by tools.deny[1]"),
        ({"allow": ["Bash"]}, "tools.allow", "calling `Read` is denied: not in tools.allow"),
        ({"allow": ["Read"]}, "tools.allow[0]", "calling `Read` is allowed by tools.allow[0]"),
    ],
)
def test_says_which_rule_and_where_it_stands(section: dict[str, object], rule: str, text: str) -> None:
    (reason,) = decide({"tools": section}, Action(USE, "Read")).reasons
    assert (reason.rule, reason.text, reason.action) == (rule, text, 0) and reason.source.startswith("doc0.json")
