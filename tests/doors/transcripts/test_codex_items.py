"""Completed items as calls."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.doors.transcripts.codex_items import Item, item_of, message_of


def completed(**item: Any) -> Item | None:
    return item_of("item_completed", {"type": "item_completed", "item": {"id": "c1", **item}})


class TestItems:
    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            (
                {"type": "CommandExecution", "command": ["ls"], "cwd": "/p", "status": "completed", "exit_code": 0, "aggregated_output": "a"},
                Item("c1", "exec_command", {"command": ["ls"]}, "a", failed=False, cwd="/p"),
            ),
            (
                {"type": "commandExecution", "command": "ls", "status": "failed", "exit_code": 2, "stdout": "a", "stderr": "b"},
                Item("c1", "exec_command", {"command": "ls"}, "ab", failed=True),
            ),
            (
                {"type": "CommandExecution", "command": ["rm"], "status": "declined"},
                Item("c1", "exec_command", {"command": ["rm"]}, "declined by user", failed=True),
            ),
            (
                {"type": "McpToolCall", "server": "docs", "tool": "get", "arguments": {"q": 1}, "result": {"content": [{"text": "x"}]}},
                Item("c1", "mcp__docs__get", {"q": 1}, "x", failed=False),
            ),
            (
                {"type": "McpToolCall", "server": "docs", "tool": "get", "status": "failed", "error": {"message": "no"}},
                Item("c1", "mcp__docs__get", {}, "no", failed=True),
            ),
            (
                {"type": "DynamicToolCall", "tool": "look", "arguments": {"a": 1}, "success": False, "error": "no"},
                Item("c1", "look", {"a": 1}, "no", failed=True),
            ),
            ({"type": "ImageView", "path": "/p/a.png"}, Item("c1", "view_image", {"path": "/p/a.png"}, "", failed=False)),
        ],
    )
    def test_a_call(self, item: dict[str, Any], expected: Item) -> None:
        assert completed(**item) == expected

    def test_a_change_of_files_is_a_patch(self) -> None:
        changes = {
            "a.py": {"type": "add", "content": "x = 1\ny = 2\n"},
            "b.py": {"type": "delete", "content": "old"},
            "c.py": {"type": "update", "unified_diff": "@@ -1 +1 @@\n-a\n+b", "move_path": "d.py"},
        }
        item = completed(type="FileChange", changes=changes, status="failed")
        assert item is not None and item.tool == "apply_patch" and item.failed
        assert item.arguments["input"].splitlines() == [
            "*** Begin Patch",
            *("*** Add File: a.py", "+x = 1", "+y = 2"),
            "*** Delete File: b.py",
            *("*** Update File: c.py", "*** Move to: d.py", "@@ -1 +1 @@", "-a", "+b"),
            "*** End Patch",
        ]

    def test_older_versions_tell_the_end_of_a_call(self) -> None:
        said = {"call_id": "m1", "invocation": {"server": "docs", "tool": "get", "arguments": {"q": 1}}}
        assert item_of("mcp_tool_call_end", {**said, "result": {"Err": "no"}}) == Item("m1", "mcp__docs__get", {"q": 1}, "no", failed=True)
        done = item_of("mcp_tool_call_end", {**said, "result": {"Ok": {"content": [{"text": "x"}], "isError": True}}})
        assert done == Item("m1", "mcp__docs__get", {"q": 1}, "x", failed=True)
        ran = item_of("exec_command_end", {"call_id": "e1", "command": ["ls"], "cwd": "/p", "exit_code": 1, "aggregated_output": "no"})
        assert ran == Item("e1", "exec_command", {"command": ["ls"]}, "no", failed=True, cwd="/p")
        patched = item_of("patch_apply_end", {"call_id": "p1", "success": False, "stderr": "no", "changes": {}})
        assert patched is not None and (patched.tool, patched.output, patched.failed) == ("apply_patch", "no", True)

    @pytest.mark.parametrize(
        ("kind", "payload"),
        [
            ("item_completed", {}),
            ("item_completed", {"item": {"type": "Plan", "id": "x", "text": "t"}}),
            ("item_completed", {"item": {"type": "CommandExecution"}}),
            ("item_completed", {"item": []}),
            ("exec_command_end", {}),
            ("token_count", {"call_id": "x"}),
        ],
    )
    def test_none(self, kind: str, payload: dict[str, Any]) -> None:
        assert item_of(kind, payload) is None

    def test_broken_items_do_not_stop_the_reading(self) -> None:
        item = completed(type="McpToolCall", server=3, tool=None, arguments=None, result=[1])
        assert item == Item("c1", "mcp____", {}, {}, failed=False)
        assert completed(type="FileChange", changes={"a": 3}) is not None


class TestMessages:
    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            ({"type": "UserMessage", "content": [{"type": "text", "text": "go"}]}, ("user", "go")),
            ({"type": "AgentMessage", "content": [{"type": "Text", "text": "done"}]}, ("assistant", "done")),
            ({"type": "agentMessage", "text": "done"}, ("assistant", "done")),
            ({"type": "Reasoning", "content": "x"}, ("", "")),
        ],
    )
    def test_whose(self, item: dict[str, Any], expected: tuple[str, str]) -> None:
        assert message_of({"item": item}) == expected
