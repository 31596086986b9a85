"""Gemini CLI's chats as entries, in both forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.doors.transcripts import gemini_cli
from gateway.model.errors import ProtocolError
from tests.doors.transcripts.rows import rows, write_lines

ABOUT = {"sessionId": "f86f5318-f47b-4433-85f8-ec9d9a417f8e", "projectHash": "79b6", "startTime": "2026-03-02T12:00:00.000Z"}
ASKED = {"id": "m1", "timestamp": "2026-03-02T12:00:01.000Z", "type": "user", "content": [{"text": "list the files"}]}
CALL = {
    "id": "list_directory-1",
    "name": "list_directory",
    "args": {"path": "/home/u/p"},
    "status": "success",
    "timestamp": "2026-03-02T12:00:02.000Z",
    "result": [{"functionResponse": {"id": "x", "name": "list_directory", "response": {"output": "a.py"}}}],
}
FAILED = {"id": "shell-2", "name": "run_shell_command", "args": {"command": "false"}, "status": "error", "resultDisplay": "exit 1"}
TOKENS = {"input": 100, "output": 10, "cached": 40, "thoughts": 5, "tool": 3, "total": 118}
ANSWERED = {
    **ASKED,
    "id": "m2",
    "type": "gemini",
    "content": "There is one.",
    "model": "gemini-2.5-pro",
    "toolCalls": [CALL, FAILED],
    "tokens": TOKENS,
}
EXPECTED = [
    ("user_prompt", {"prompt": "list the files"}),
    ("assistant_response", {"text": "There is one."}),
    ("call", "list_directory", {"path": "/home/u/p"}, "list_directory-1"),
    ("result", "list_directory", "a.py", "list_directory-1"),
    ("call", "run_shell_command", {"command": "false"}, "shell-2"),
    ("failed", "run_shell_command", "exit 1", "shell-2"),
    (
        "llm_response",
        {"model": "gemini-2.5-pro", "message_id": "m2", "usage": {"input_tokens": 63, "output_tokens": 15, "cache_read_input_tokens": 40}},
    ),
]


class TestChat:
    def test_one_document(self, tmp_path: Path) -> None:
        path = tmp_path / "session-1.json"
        path.write_text(json.dumps({**ABOUT, "messages": [ASKED, ANSWERED, {"type": "info", "content": "x"}]}))
        (finished,) = gemini_cli.sessions_in(str(path))
        assert finished.session == ABOUT["sessionId"] and rows(finished) == EXPECTED

    def test_a_message_a_line_told_again_when_it_changes(self, tmp_path: Path) -> None:
        path = write_lines(
            tmp_path / "session-1.jsonl", ABOUT, ASKED, {**ANSWERED, "toolCalls": []}, {"$set": {"directories": ["/home/u/p"]}}, ANSWERED
        )
        (finished,) = gemini_cli.sessions_in(path)
        assert finished.cwd == "/home/u/p" and rows(finished) == EXPECTED

    def test_what_was_taken_back_happened_all_the_same(self, tmp_path: Path) -> None:
        path = write_lines(tmp_path / "session-1.jsonl", ABOUT, ASKED, {"$rewindTo": "m1"}, {**ASKED, "id": "m3", "content": "other"})
        (finished,) = gemini_cli.sessions_in(path)
        assert rows(finished) == [("user_prompt", {"prompt": "list the files", "rewound": True}), ("user_prompt", {"prompt": "other"})]

    @pytest.mark.parametrize(
        ("name", "text"),
        [("session-1.json", '{"sessionId":'), ("session-1.json", "{}"), ("session-1.jsonl", "{torn\n"), ("session-1.jsonl", "")],
    )
    def test_what_cannot_be_read_is_no_session_without_calls(self, tmp_path: Path, name: str, text: str) -> None:
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(ProtocolError):
            list(gemini_cli.sessions_in(str(path)))

    def test_messages_that_are_set_anew_hide_none_that_come_later(self, tmp_path: Path) -> None:
        """0.61 writes its whole history again when it was compressed or masked (chatRecordingService.ts)."""
        masked = {**ANSWERED, "content": "There is one, masked.", "toolCalls": [CALL, FAILED]}
        del masked["tokens"]
        anew = {"$set": {"messages": [{"id": "s1", "type": "user", "content": "a summary"}, masked], "lastUpdated": "x"}}
        later = {**ASKED, "id": "m3", "content": "go on"}
        (finished,) = gemini_cli.sessions_in(write_lines(tmp_path / "session-1.jsonl", ABOUT, ASKED, ANSWERED, anew, later))
        assert rows(finished) == [
            EXPECTED[0],
            ("assistant_response", {"text": "There is one, masked."}),
            *EXPECTED[2:],
            ("user_prompt", {"prompt": "a summary"}),
            ("user_prompt", {"prompt": "go on"}),
        ]

    def test_what_the_client_keeps_of_a_compressed_message_takes_no_calls_away(self, tmp_path: Path) -> None:
        bare = {"id": "m2", "timestamp": ANSWERED["timestamp"], "type": "gemini", "content": "There is one."}
        (finished,) = gemini_cli.sessions_in(write_lines(tmp_path / "session-1.jsonl", ABOUT, ASKED, ANSWERED, {"$set": {"messages": [bare]}}))
        assert rows(finished) == EXPECTED


class TestDiscover:
    def test_below_the_home(self, own_world: Path) -> None:
        path = write_lines(own_world / ".gemini/tmp/shop/chats/session-1.jsonl", ABOUT, ASKED)
        (own_world / ".gemini/tmp/shop/.project_root").write_text("/home/u/shop\n")
        assert [(one.session, one.path) for one in gemini_cli.discover()] == [(ABOUT["sessionId"], path)]
        (finished,) = gemini_cli.sessions_in(path)
        assert finished.cwd == "/home/u/shop" and gemini_cli.recognises(path, Path(path).read_bytes())
