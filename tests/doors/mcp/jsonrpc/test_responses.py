"""What the proxy says itself."""

from __future__ import annotations

import json

import pytest

from gateway.doors.mcp.jsonrpc import responses


class TestRefusal:
    def test_of_a_tool_is_a_result(self) -> None:
        assert responses.refusal(1, "no", tool=True)["result"] == {"content": [{"type": "text", "text": "no"}], "isError": True}
        assert responses.refusal(1, "no", tool=True, stateless=True)["result"]["resultType"] == "complete"

    def test_of_anything_else_is_an_error_of_our_own(self) -> None:
        code = responses.refusal("1", "no", tool=False)["error"]["code"]
        assert not -32768 <= code <= -32000


class TestRaw:
    def test_any_text_has_bytes(self) -> None:
        assert json.loads(responses.raw({"a": "\ud800é"})) == {"a": "\ud800é"}


class TestQuestion:
    @pytest.mark.parametrize(
        ("result", "yes"),
        [
            ({"action": "accept", "content": {"allow": True}}, True),
            ({"action": "accept", "content": {"allow": False}}, False),
            ({"action": "accept"}, False),
            ({"action": "cancel", "content": {"allow": True}}, False),
            ("accept", False),
        ],
    )
    def test_only_a_clear_yes(self, result: object, yes: bool) -> None:
        assert responses.agreed({"id": "q", "result": result}) is yes
        assert responses.question("q", "May it?")["params"]["message"] == "May it?"
