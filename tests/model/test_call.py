from __future__ import annotations

from gateway.model.call import ToolCall, ToolResult


class TestToolCall:
    def test_equal_by_content(self) -> None:
        assert ToolCall("Read", {"path": "x"}) == ToolCall("Read", {"path": "x"}) != ToolCall("Read", {"path": "y"})

    def test_context_is_its_own(self) -> None:
        assert ToolCall("a", {}).context is not ToolCall("a", {}).context


class TestToolResult:
    def test_not_failed_by_default(self) -> None:
        assert ToolResult("Read", "text").failed is False
