from __future__ import annotations

import pytest

from gateway.model.action import USE, Action
from tests.builders import effect


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
