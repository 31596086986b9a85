"""Codex's rollouts as entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.doors.transcripts import codex
from gateway.doors.transcripts.session import Said
from gateway.model.errors import ProtocolError
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

    def test_a_bare_rollout_of_2025(self, tmp_path: Path) -> None:
        """Up to 0.31: no wrapper, no times."""
        context = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "<environment_context><cwd>/home/u/p</cwd>"}]}
        path = write_lines(
            tmp_path / "rollout-2025-08-18T01-16-13-s1.jsonl",
            {"id": "s1", "timestamp": "2025-08-18T01:16:13.522Z", "instructions": None, "git": {"branch": "main"}},
            {"record_type": "state"},
            context,
            {"type": "message", "id": None, "role": "user", "content": [{"type": "input_text", "text": "list"}]},
            {"type": "reasoning", "summary": []},
            {"type": "function_call", "name": "shell", "arguments": '{"command":["ls"]}', "call_id": "c1"},
            {"type": "function_call_output", "call_id": "c1", "output": '{"output":"no","metadata":{"exit_code":2}}'},
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "done"}]},
        )
        assert codex.recognises(path, Path(path).read_bytes())
        (finished,) = codex.sessions_in(path)
        assert (finished.session, finished.cwd, finished.attribution["git_branch"]) == ("s1", "/home/u/p", "main")
        assert {entry.at for entry in finished.entries()} == {finished.started} == {1755479773.522}
        assert rows(finished) == [
            ("user_prompt", {"prompt": "list"}),
            ("call", "shell", {"command": ["ls"]}, "c1"),
            ("failed", "shell", "no", "c1"),
            ("assistant_response", {"text": "done"}),
        ]

    def test_a_tool_of_an_mcp_server_whose_name_stands_apart(self, tmp_path: Path) -> None:
        call = line(2, "response_item", type="function_call", namespace="mcp__docs", name="get", arguments='{"q":1}', call_id="c1")
        whole = line(2, "response_item", type="function_call", namespace="mcp__docs", name="mcp__docs__get", arguments="{}", call_id="c2")
        ended = line(3, "event_msg", type="mcp_tool_call_end", call_id="c1", invocation={"server": "docs", "tool": "get"}, result={"Err": "no"})
        answered = line(3, "response_item", type="function_call_output", call_id="c1", output="no")
        (finished,) = codex.sessions_in(write_lines(tmp_path / "rollout-x.jsonl", META, call, whole, ended, answered))
        assert rows(finished) == [
            ("call", "mcp__docs__get", {"q": 1}, "c1"),
            ("call", "mcp__docs__get", {}, "c2"),
            ("failed", "mcp__docs__get", "no", "c1"),
        ]

    @pytest.mark.parametrize("lines", [(), ("{torn",), ({"type": "other"},)])
    def test_what_cannot_be_read_is_no_session_without_calls(self, tmp_path: Path, lines: tuple[Any, ...]) -> None:
        with pytest.raises(ProtocolError):
            list(codex.sessions_in(write_lines(tmp_path / "rollout-x.jsonl", *lines)))


class TestCodeMode:
    def test_what_a_script_called_stands_in_completed_items(self, tmp_path: Path) -> None:
        def item(second: int, **item: Any) -> dict[str, Any]:
            return line(second, "event_msg", type="item_completed", item=item)

        path = write_lines(
            tmp_path / "rollout-x.jsonl",
            META,
            line(1, "response_item", type="message", role="user", content=[{"type": "input_text", "text": "# AGENTS.md"}]),
            item(1, type="UserMessage", id="u1", content=[{"type": "text", "text": "list"}]),
            line(2, "response_item", type="custom_tool_call", name="exec", input="run()", call_id="x1"),
            item(3, type="CommandExecution", id="e1", command=["ls"], cwd="/p", status="failed", exit_code=1, aggregated_output="no"),
            item(3, type="CommandExecution", id="x1", command=["ls"], status="failed", exit_code=1),
            line(4, "response_item", type="custom_tool_call_output", call_id="x1", output=[{"type": "input_text", "text": "Script completed"}]),
            item(5, type="AgentMessage", id="a1", content=[{"type": "Text", "text": "done"}]),
        )
        (finished,) = codex.sessions_in(path)
        assert rows(finished) == [
            ("user_prompt", {"prompt": "list"}),
            ("call", "exec", {"input": "run()"}, "x1"),
            ("call", "exec_command", {"command": ["ls"]}, "e1"),
            ("failed", "exec_command", "no", "e1"),
            ("failed", "exec", "Script completed", "x1"),
            ("assistant_response", {"text": "done"}),
        ]

    def test_a_prompt_that_is_told_twice_is_one(self, tmp_path: Path) -> None:
        item = line(1, "event_msg", type="item_completed", item={"type": "UserMessage", "id": "u1", "content": [{"text": "list"}]})
        (finished,) = codex.sessions_in(
            write_lines(tmp_path / "rollout-x.jsonl", META, item, line(1, "event_msg", type="user_message", message="list"))
        )
        assert rows(finished) == [("user_prompt", {"prompt": "list"})]


class TestForks:
    def test_requests_that_were_copied_are_the_parent_s(self, tmp_path: Path) -> None:
        fork = line(10, "session_meta", id="fo", timestamp="2026-03-02T12:00:10Z", cwd="/home/u/p", forked_from_id=SESSION)
        path = write_lines(tmp_path / "rollout-fo.jsonl", fork, tokens(10, 1000, 0, 100), tokens(10, 3000, 0, 300), tokens(20, 6000, 0, 600))
        (finished,) = codex.sessions_in(path)
        assert [(row[1]["usage"]["input_tokens"], row[1]["usage"]["output_tokens"], row[1].get("shared_with")) for row in rows(finished)] == [
            (1000, 100, SESSION),
            (2000, 200, SESSION),
            (3000, 300, None),
        ]
        started = next(iter(finished.entries()))
        assert isinstance(started, Said) and started.data["forked_from"] == SESSION

    def test_a_fork_that_copied_no_counts_begins_with_its_own(self, tmp_path: Path) -> None:
        fork = line(10, "session_meta", id="fo", timestamp="2026-03-02T12:00:10Z", cwd="/p", forked_from_id=SESSION)
        path = write_lines(tmp_path / "rollout-fo.jsonl", fork, tokens(20, 6000, 0, 600, input_tokens=50, cached_input_tokens=0, output_tokens=5))
        (finished,) = codex.sessions_in(path)
        assert [row[1]["usage"]["input_tokens"] for row in rows(finished)] == [50]


class TestDiscover:
    def test_below_the_named_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write_lines(tmp_path / "sessions/2026/03/02/rollout-x.jsonl", META)
        monkeypatch.setenv("CODEX_HOME", str(tmp_path))
        assert [(one.session, one.path, one.cwd) for one in codex.discover()] == [(SESSION, path, "/home/u/p")]
        assert codex.recognises(path, Path(path).read_bytes())
