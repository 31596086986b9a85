from __future__ import annotations

from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import DENY
from gateway.model.passage import Capabilities, Passage, Return


class TestPassage:
    def test_capabilities_are_none_unless_said(self) -> None:
        assert Capabilities() == Capabilities(blocks=False, asks=False, rewrites_arguments=False, rewrites_results=False)

    def test_a_refusal_keeps_its_call(self) -> None:
        call = ToolCall("Bash", {"command": "x"})
        assert Passage(DENY, call, text="no").call is call

    def test_a_return_is_unchanged_unless_said(self) -> None:
        assert Return(ToolResult("Read", "x")).changed is False
