"""The checkpoint as conversations use it."""

from __future__ import annotations

from pathlib import Path

from tests.doors.mcp.talk import Talk


class TestGate:
    def test_a_store_that_cannot_be_written_is_told_of(self, tmp_path: Path) -> None:
        (tmp_path / "traces").write_text("a file")
        talk = Talk(tmp_path)
        assert "trace" in talk.conversation.opened({})
