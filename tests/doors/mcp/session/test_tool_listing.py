"""The pages of a list of tools: followed to the end, whatever a server makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.doors.mcp.session.tool_listing import MAX_PAGES, ToolPages


class TestToolPages:
    def test_follows_the_cursor_to_the_end(self) -> None:
        pages = ToolPages()
        assert pages.params == {}
        pages.take({"tools": [{"name": "a"}], "nextCursor": ""})
        assert pages.params == {"cursor": ""}
        pages.take({"tools": [{"name": "b"}]})
        assert (pages.params, pages.tools) == (None, [{"name": "a"}, {"name": "b"}])

    def test_a_list_without_end_is_asked_for_no_longer(self) -> None:
        pages = ToolPages()
        for _ in range(MAX_PAGES):
            assert pages.params is not None
            pages.take({"tools": [{}], "nextCursor": "on"})
        assert pages.params is None and len(pages.tools) == MAX_PAGES

    @pytest.mark.parametrize("page", [{}, {"tools": "x"}, {"tools": ["x", 1, None]}, {"tools": None, "nextCursor": 7}])
    def test_what_is_no_list_of_tools_holds_none(self, page: dict[str, Any]) -> None:
        pages = ToolPages()
        pages.take(page)
        assert (pages.params, pages.tools) == (None, [])
