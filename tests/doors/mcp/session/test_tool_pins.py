"""Pins: the same definition has the same pin however it is written, another one says what differs."""

from __future__ import annotations

import json

import pytest

from gateway.doors.mcp.session.tool_pins import difference, pin_of

TOOL = {
    "name": "a",
    "description": "Reads",
    "inputSchema": {"type": "object", "properties": {"p": {"type": "string"}}},
    "annotations": {"readOnlyHint": True},
}


class TestPin:
    def test_order_and_escapes_do_not_count(self) -> None:
        other = json.loads(
            '{"inputSchema":{"properties":{"p":{"type":"string"}},"type":"object"},"annotations":{"readOnlyHint":true},"description":"\\u0052eads","name":"a"}'
        )
        assert difference(pin_of(TOOL), pin_of(other)) == ""

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"description": "Reads. "}, "its description"),
            ({"title": "A"}, "its description"),
            ({"inputSchema": {"type": "object"}}, "its schema"),
            ({"outputSchema": {}}, "its schema"),
            ({"description": "x", "inputSchema": {}}, "its description and its schema"),
            ({"annotations": {}}, "something other than its description and schema"),
            ({"_meta": {"x": "\ud800"}}, "something other than its description and schema"),
        ],
    )
    def test_what_differs(self, change: dict[str, object], said: str) -> None:
        assert difference(pin_of(TOOL), pin_of({**TOOL, **change})) == said
