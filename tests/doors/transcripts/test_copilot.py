"""Copilot CLI's event logs as entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.doors.transcripts import copilot
from gateway.model.errors import ProtocolError
from tests.doors.transcripts.rows import rows, write_lines


def line(number: int, kind: str, **data: Any) -> dict[str, Any]:
    """Return one line."""
    return {"type": kind, "id": f"e{number}", "timestamp": f"2026-03-02T12:00:{number:02}.000Z", "parentId": None, "data": data}


START = line(
    0, "session.start", sessionId="s-1", copilotVersion="1.0.80", startTime="2026-03-02T12:00:00Z", context={"cwd": "/home/u/p", "branch": "main"}
)
USED = {"inputTokens": 100, "outputTokens": 7, "cacheReadTokens": 60, "cacheWriteTokens": 10}


class TestLog:
    def test_says_what_happened(self, tmp_path: Path) -> None:
        path = write_lines(
            tmp_path / "s-1/events.jsonl",
            START,
            line(1, "user.message", content="edit it"),
            line(2, "assistant.message", messageId="m", content="I edit.", model="claude-haiku-4.5", toolRequests=[]),
            line(3, "tool.execution_start", toolCallId="t1", toolName="edit", arguments={"path": "/home/u/p/a.py"}),
            line(4, "tool.execution_complete", toolCallId="t1", success=True, result={"content": "written"}),
            line(5, "tool.execution_start", toolCallId="t2", toolName="gh-x", mcpServerName="gh", mcpToolName="x", arguments={}),
            line(6, "tool.execution_complete", toolCallId="t2", success=False, error={"message": "refused"}),
            line(7, "session.shutdown", shutdownType="routine", modelMetrics={"claude-haiku-4.5": {"usage": USED}}),
        )
        (finished,) = copilot.sessions_in(path)
        assert (finished.session, finished.cwd, finished.attribution["git_branch"]) == ("s-1", "/home/u/p", "main")
        used = {"input_tokens": 30, "output_tokens": 7, "cache_read_input_tokens": 60, "cache_creation_input_tokens": 10}
        assert rows(finished) == [
            ("user_prompt", {"prompt": "edit it"}),
            ("assistant_response", {"text": "I edit.", "model": "claude-haiku-4.5"}),
            ("call", "edit", {"path": "/home/u/p/a.py"}, "t1"),
            ("result", "edit", "written", "t1"),
            ("call", "mcp__gh__x", {}, "t2"),
            ("failed", "mcp__gh__x", "refused", "t2"),
            ("llm_response", {"model": "claude-haiku-4.5", "message_id": "e7:claude-haiku-4.5", "usage": used}),
        ]

    @pytest.mark.parametrize("lines", [(), ("{torn",), ({"type": "user", "data": {}},), ({"type": "session.start"},)])
    def test_what_cannot_be_read_is_no_session_without_calls(self, tmp_path: Path, lines: tuple[Any, ...]) -> None:
        with pytest.raises(ProtocolError):
            list(copilot.sessions_in(write_lines(tmp_path / "events.jsonl", *lines)))


class TestDiscover:
    def test_both_layouts(self, own_world: Path) -> None:
        root = own_world / ".copilot/session-state"
        write_lines(root / "s-1/events.jsonl", START)
        write_lines(root / "s-2.jsonl", line(0, "user.message", content="hi"))
        assert [one.session for one in copilot.discover()] == ["s-2", "s-1"]

    def test_recognises_its_own(self) -> None:
        assert copilot.recognises("events.jsonl", b'{"type":"session.start"') and not copilot.recognises("events.jsonl", b"{}")
