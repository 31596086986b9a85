"""The record of a session: calls numbered, results linked, origins told."""

from __future__ import annotations

from pathlib import Path

from gateway.doors.mcp.session.calls import Call
from gateway.doors.mcp.session.pending_requests import Pending
from gateway.doors.mcp.session.recorder import SessionRecorder
from tests.doors.mcp.talk import Clock, Talk


class TestLedger:
    def test_a_call_and_its_result(self, tmp_path: Path) -> None:
        recorder = SessionRecorder(Talk(tmp_path).gate, server="toy", session="one", clock=Clock())
        pending = Pending(("string", "7"), "tools/call", start=0)
        recorder.number(pending, Call("mcp__toy__x", {}), "toolu_1")
        call, result = recorder.call(pending, Call("mcp__toy__x", {})), recorder.result(pending, "out", failed=False)
        assert call.id == result.id == "one:1" and call.tool == result.tool == "mcp__toy__x"
        assert call.context == {"request_id": "7", "mcp_method": "tools/call", "mcp_server": {"name": "toy"}, "tool_use_id": "toolu_1"}
        assert result.duration_ms == 2000
