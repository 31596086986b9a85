"""Sessions for the tests of every format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gateway.exports.session_stream import Leaving, leaving
from tests import stores

DENIED = {**stores.verdict("deny", text="reading `.env` is denied"), "sensitive": [".env"]}
ALLOWED_BUT = {**stores.verdict("allow", rule="commands.deny[0]"), "shadow": "deny"}
META = {
    "session_id": "s",
    "agent_name": "claude-code",
    "command": "claude-code (startup)",
    "attribution": {
        "agent_version": "2.1.288",
        "hostname": "box",
        "os_user": "alice",
        "git_branch": "main",
        "git_commit": "a1b2",
        "working_dir": "/p",
    },
}


def story() -> list[dict[str, Any]]:
    """Return a session with one of everything."""
    used = {"input_tokens": 10, "output_tokens": 5, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 20}
    return [
        stores.event("session_start", 0),
        stores.event("user_prompt", 1, prompt="fix it"),
        stores.event("llm_request", 2, id="l1", model="claude-sonnet-4-5"),
        stores.event(
            "llm_response", 4, id="l2", parent="l1", model="claude-sonnet-4-5-20250929", message_id="msg_1", stop_reason="tool_use", usage=used
        ),
        stores.call(5, "c1", "Bash", ALLOWED_BUT, command="pytest") | {"parent_id": "l1"},
        stores.failure(7, "c1", "Bash", "exit code 1", ms=1500.0),
        stores.call(8, "c2", "Read", DENIED, file_path=".env"),
        stores.call(9, "c3", "mcp__github__search", query="x"),
        stores.call(9.5, "c4", "Grep", pattern="y"),
        stores.result(10, "c3", "mcp__github__search", {"content": [{"type": "text", "text": "found"}]}),
        stores.event("tool_call", 11, id="c5", tool_name="read_file", arguments={"path": "a"}, request_id=7),
        stores.result(12, "c5", "read_file", "text"),
        stores.event("error", 13, id="e9", message="server went away", code=-32000),
        stores.event("decision", 14, choice="a", reason="because"),
        stores.event("file_read", 15, uri="file:///a", request_id=8),
        stores.event("from_the_future", 16, some="thing"),
        stores.event("assistant_response", 17, text="all green"),
        stores.event("session_end", 18),
    ]


def left(tmp_path: Path, *events: Any, meta: dict[str, Any] | None = None, **options: Any) -> Leaving:
    """Return a session on its way out of a store."""
    stores.session(tmp_path / "store", "s", *(events or story()), meta=META if meta is None else meta)
    return leaving(str(tmp_path / "store"), "s", **options)
