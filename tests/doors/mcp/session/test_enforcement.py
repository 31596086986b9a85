"""The checkpoint as conversations use it."""

from __future__ import annotations

from pathlib import Path

from gateway.doors.mcp.session.steps import TO_CLIENT, TO_SERVER
from tests.doors.mcp.talk import Talk, tool


class TestGate:
    def test_a_store_that_cannot_be_written_is_told_of(self, tmp_path: Path) -> None:
        (tmp_path / "traces").write_text("a file")
        talk = Talk(tmp_path)
        assert "trace" in talk.conversation.opened({})


class TestResident:
    def test_a_policy_that_changes_holds_from_the_next_call_on(self, tmp_path: Path) -> None:
        talk = Talk(tmp_path)
        ((side, _),) = talk.client(tool(1, "read_file", path="a.txt"))
        assert side == TO_SERVER
        policy = talk.project / ".agent-scope.json"
        policy.write_text('{"files": {"read": {"deny": ["a.txt"]}}}')
        ((side, _),) = talk.client(tool(2, "read_file", path="a.txt"))
        assert side == TO_CLIENT
        policy.write_text('{"files": {"read": {"deny": ["b.txt"]}}}')
        ((side, _),) = talk.client(tool(3, "read_file", path="a.txt"))
        assert side == TO_SERVER
        policy.write_text("{")
        ((side, _),) = talk.client(tool(4, "read_file", path="a.txt"))
        assert side == TO_CLIENT
        policy.unlink()
        ((side, _),) = talk.client(tool(5, "read_file", path="a.txt"))
        assert side == TO_SERVER
