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
