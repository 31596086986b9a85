"""Both forms of rollouts, and what a fork copied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.doors.transcripts.codex_records import Copied, Record, copied, is_rollout, meta_of, records
from tests.doors.transcripts.rows import write_lines

BARE = {"id": "s1", "timestamp": "2025-08-18T01:16:13.522Z", "instructions": None, "git": {"branch": "main"}}
CONTEXT = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "<environment_context>\n<cwd>/home/u/p</cwd>\n"}]}


def line(second: float, kind: str, **payload: Any) -> dict[str, Any]:
    return {"timestamp": f"2026-03-02T12:00:{second:06.3f}Z", "type": kind, "payload": payload}


def meta(second: float, session: str, **more: Any) -> dict[str, Any]:
    return line(second, "session_meta", id=session, timestamp=f"2026-03-02T12:00:{second:06.3f}Z", cwd="/p", **more)


def said(second: float, text: str) -> dict[str, Any]:
    return line(second, "event_msg", type="user_message", message=text)


class TestForms:
    @pytest.mark.parametrize(
        ("name", "start", "expected"),
        [
            ("rollout-a.jsonl", json.dumps(meta(0, "a")), True),
            ("a.jsonl", json.dumps(BARE) + "\n", True),
            ("a.jsonl", json.dumps({"id": "s1", "timestamp": "2025-08-18T01:16:13Z", "git": {}}) + "\n", True),
            ("rollout-a.jsonl", '{"id":"s1","timestamp":"x","instructions":"a text that is cut of', True),
            ("other-a.jsonl", '{"id":"s1","timestamp":"x","instructions":"a text that is cut of', False),
            ("a.json", json.dumps(BARE) + "\n", False),
            ("a.jsonl", json.dumps({"id": "s1", "timestamp": "2025-08-18T01:16:13Z"}) + "\n", False),
            ("a.jsonl", json.dumps({**BARE, "type": "user"}) + "\n", False),
            ("a.jsonl", "", False),
        ],
    )
    def test_recognised(self, name: str, start: str, expected: bool) -> None:
        assert is_rollout(f"/x/{name}", start.encode()) is expected

    def test_bare_items_are_wrapped(self, tmp_path: Path) -> None:
        call = {"type": "function_call", "name": "shell", "arguments": "{}", "call_id": "c1"}
        path = write_lines(tmp_path / "rollout-a.jsonl", BARE, {"record_type": "state"}, CONTEXT, call, "{torn")
        started = 1755479773.522
        assert list(records(path)) == [
            Record(started, "session_meta", BARE),
            Record(0.0, "response_item", CONTEXT),
            Record(0.0, "response_item", call),
        ]

    def test_a_bare_one_tells_its_folder_in_the_first_message(self, tmp_path: Path) -> None:
        path = write_lines(tmp_path / "rollout-a.jsonl", BARE, CONTEXT)
        assert meta_of(path) == {**BARE, "cwd": "/home/u/p"}
        older = {**CONTEXT, "content": "Current working directory: /home/u/q\nFile system"}
        assert meta_of(write_lines(tmp_path / "rollout-b.jsonl", BARE, older))["cwd"] == "/home/u/q"
        assert "cwd" not in meta_of(write_lines(tmp_path / "rollout-c.jsonl", BARE, {**CONTEXT, "role": "assistant"}))
        assert meta_of(write_lines(tmp_path / "rollout-d.jsonl", CONTEXT)) == {}


class TestCopied:
    def parent(self, folder: Path) -> None:
        write_lines(folder / "2026/03/01/rollout-x-pa.jsonl", meta(0, "pa"), said(1, "a"), said(9, "b"), said(12, "c"))

    def test_what_the_parent_holds_too_whenever_it_was_written(self, tmp_path: Path) -> None:
        folder = tmp_path / "sessions"
        self.parent(folder)
        fork = [meta(40, "fo", forked_from_id="pa"), meta(40, "pa"), said(41, "a"), said(44, "b"), said(44, "mine"), said(44.1, "c")]
        assert copied(write_lines(folder / "2026/03/02/rollout-x-fo.jsonl", *fork)) == Copied("pa", 4)

    def test_a_parent_among_the_archived(self, tmp_path: Path) -> None:
        self.parent(tmp_path / "archived_sessions")
        fork = [meta(40, "fo", forked_from_id="pa"), said(43, "a"), said(46, "mine")]
        assert copied(write_lines(tmp_path / "sessions/rollout-x-fo.jsonl", *fork)) == Copied("pa", 2)

    def test_without_the_parent_what_was_written_at_once(self, tmp_path: Path) -> None:
        fork = [meta(40, "fo", forked_from_id="pa"), said(40.2, "a"), said(41.1, "b"), said(43, "mine"), said(43, "more")]
        assert copied(write_lines(tmp_path / "rollout-x-fo.jsonl", *fork)) == Copied("pa", 3)

    def test_without_the_parent_what_is_older_than_the_fork(self, tmp_path: Path) -> None:
        fork = [meta(40, "fo", forked_from_id="pa"), said(1, "a"), said(9, "b"), said(43, "mine")]
        assert copied(write_lines(tmp_path / "rollout-x-fo.jsonl", *fork)) == Copied("pa", 3)

    def test_an_older_fork_only_holds_the_other_s_first_record(self, tmp_path: Path) -> None:
        assert copied(write_lines(tmp_path / "rollout-x-fo.jsonl", meta(40, "fo"), meta(40, "pa"), said(40, "a"), said(45, "mine"))) == Copied(
            "pa", 3
        )

    @pytest.mark.parametrize(
        "lines",
        [
            [],
            [said(0, "a")],
            [meta(0, "a")],
            [meta(0, "a"), said(0, "a")],
            [meta(0, "a"), meta(0, "a"), said(0, "a")],
            [meta(0, "a", forked_from_id="a"), said(0, "a")],
        ],
    )
    def test_nothing(self, tmp_path: Path, lines: list[dict[str, Any]]) -> None:
        assert copied(write_lines(tmp_path / "rollout-x.jsonl", *lines)) == Copied()
