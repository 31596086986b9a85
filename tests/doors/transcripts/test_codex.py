"""Codex's rollouts as entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.doors.transcripts import codex
from tests.doors.transcripts.rows import rows, write_lines

SESSION = "019a2d7a-41c4-78b1-b7cc-a45d62a89cd5"


def line(second: int, kind: str, **payload: Any) -> dict[str, Any]:
    """Return one line."""
    return {"timestamp": f"2026-03-02T12:00:{second:02}.000Z", "type": kind, "payload": payload}


def tokens(second: int, given: int, cached: int, output: int, **last: int) -> dict[str, Any]:
    """Return a running total."""
    total = {"input_tokens": given, "cached_input_tokens": cached, "output_tokens": output, "total_tokens": given + output}
    return line(second, "event_msg", type="token_count", info={"total_token_usage": total, "last_token_usage": last})


META = line(0, "session_meta", id=SESSION, timestamp="2026-03-02T12:00:00Z", cwd="/home/u/p", cli_version="0.90.0", git={"branch": "main"})
TURN = line(1, "turn_context", cwd="/home/u/p", model="gpt-5-codex")


class TestRollout:
    def test_says_what_happened(self, tmp_path: Path) -> None:
        path = write_lines(
            tmp_path / "rollout-x.jsonl",
            META,
            line(1, "response_item", type="message", role="user", content=[{"type": "input_text", "text": "<environment_context>"}]),
            line(1, "event_msg", type="user_message", message="list"),
            TURN,
            line(2, "response_item", type="function_call", name="exec_command", arguments='{"cmd":"ls"}', call_id="c1"),
            line(3, "response_item", type="function_call_output", call_id="c1", output="Exit code: 2\nWall time: 1\nOutput:\nno"),
            line(3, "response_item", type="custom_tool_call", name="apply_patch", input="*** Begin Patch", call_id="c2"),
            line(4, "response_item", type="custom_tool_call_output", call_id="c2", output='{"output":"Success","metadata":{"exit_code":0}}'),
            line(4, "response_item", type="local_shell_call", call_id="c3", action={"type": "exec", "command": ["ls", "-l"]}),
            line(5, "event_msg", type="agent_message", message="done"),
        )
        (finished,) = codex.sessions_in(path)
        assert (finished.session, finished.cwd, finished.attribution["git_branch"]) == (SESSION, "/home/u/p", "main")
        assert rows(finished) == [
            ("user_prompt", {"prompt": "list"}),
            ("call", "exec_command", {"cmd": "ls"}, "c1"),
            ("failed", "exec_command", "Exit code: 2\nWall time: 1\nOutput:\nno", "c1"),
            ("call", "apply_patch", {"input": "*** Begin Patch"}, "c2"),
            ("result", "apply_patch", "Success", "c2"),
            ("call", "local_shell", {"type": "exec", "command": ["ls", "-l"]}, "c3"),
            ("assistant_response", {"text": "done"}),
        ]

    def test_running_totals_become_what_each_request_used(self, tmp_path: Path) -> None:
        path = write_lines(
            tmp_path / "rollout-x.jsonl",
            META,
            TURN,
            tokens(2, 100, 60, 20),
            tokens(3, 100, 60, 20),
            tokens(4, 250, 160, 50),
            tokens(5, 30, 10, 5, input_tokens=30, cached_input_tokens=10, output_tokens=5),
            line(6, "event_msg", type="token_count", info=None, rate_limits={}),
        )
        (finished,) = codex.sessions_in(path)
        assert [one[1]["usage"] for one in rows(finished)] == [
            {"input_tokens": 40, "output_tokens": 20, "cache_read_input_tokens": 60},
            {"input_tokens": 50, "output_tokens": 30, "cache_read_input_tokens": 100},
            {"input_tokens": 20, "output_tokens": 5, "cache_read_input_tokens": 10},
        ]
        assert all(one[1]["model"] == "gpt-5-codex" for one in rows(finished))

    def test_old_rollouts_have_their_prompts_as_messages(self, tmp_path: Path) -> None:
        said = line(1, "response_item", type="message", role="user", content=[{"type": "input_text", "text": "hi"}])
        (finished,) = codex.sessions_in(write_lines(tmp_path / "rollout-x.jsonl", META, said))
        assert rows(finished) == [("user_prompt", {"prompt": "hi"})]

    def test_a_spawned_thread_is_a_child(self, tmp_path: Path) -> None:
        spawned = {"subagent": {"thread_spawn": {"parent_thread_id": "p1", "depth": 1}}}
        (finished,) = codex.sessions_in(write_lines(tmp_path / "rollout-x.jsonl", line(0, "session_meta", id="c", cwd="/", source=spawned)))
        assert finished.parent == "p1"


class TestDiscover:
    def test_below_the_named_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write_lines(tmp_path / "sessions/2026/03/02/rollout-x.jsonl", META)
        monkeypatch.setenv("CODEX_HOME", str(tmp_path))
        assert [(one.session, one.path, one.cwd) for one in codex.discover()] == [(SESSION, path, "/home/u/p")]
        assert codex.recognises(path, Path(path).read_bytes())
