from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.analysis import event_text
from gateway.model.event import Event


def call(tool: str, decision: Any = None, **arguments: Any) -> Event:
    """Return a tool call."""
    return Event("tool_call", 1.0, "i", "s", data={"tool_name": tool, "arguments": arguments, **({"decision": decision} if decision else {})})


class TestCalls:
    @pytest.mark.parametrize(
        ("tool", "kind", "search"),
        [
            ("Bash", "run", False),
            ("run_shell_command", "run", False),
            ("Read", "read", False),
            ("mcp__filesystem__read_text_file", "read", False),
            ("Grep", "read", True),
            ("mcp__fs__list_directory", "read", True),
            ("MultiEdit", "write", False),
            ("mcp__a__write_file", "write", False),
            ("WebFetch", "", False),
            ("", "", False),
        ],
    )
    def test_what_a_tool_does(self, tool: str, kind: str, search: bool) -> None:
        event = call(tool)
        assert (event_text.kind_of(event), event_text.kind_of_tool(tool), event_text.is_search(tool), event_text.is_command(event)) == (
            kind,
            kind,
            search,
            kind == "run",
        )

    @pytest.mark.parametrize(
        ("event", "subject", "line", "deed"),
        [
            (call("Bash", command="ls\n-la"), "ls ⏎ -la", "Bash $ ls ⏎ -la", "Ran: ls ⏎ -la"),
            (call("Bash", command=["git", "log"]), "git log", "Bash $ git log", "Ran: git log"),
            (call("Read", file_path="a.py", limit=3), "a.py", "Read a.py", "Read a.py"),
            (call("Grep", pattern="x", path="src"), "x", "Grep x", "Read x"),
            (call("Write", file_path="b", content="c"), "b", "Write b", "Wrote b"),
            (call("mcp__db__query", sql="select 1"), "select 1", "mcp__db__query select 1", "mcp__db__query select 1"),
            (call("Task", n=1), "", "Task", "Task"),
            (Event("tool_call", 1.0, "i", "s", data={"tool_name": 7, "arguments": [1]}), "", "", ""),
        ],
    )
    def test_a_call_in_words(self, event: Event, subject: str, line: str, deed: str) -> None:
        assert (event_text.subject_of(event), event_text.call_line(event), event_text.deed(event)) == (subject, line, deed)

    def test_short_names(self) -> None:
        assert event_text.short_tool("mcp__github__get_issue") == "get_issue" and event_text.short_tool("Read") == "Read"
        assert event_text.arguments_of(call("x", a=1)) == {"a": 1} and event_text.tool_of(call("x")) == "x"


class TestTexts:
    @pytest.mark.parametrize(
        ("kind", "data", "text"),
        [
            ("user_prompt", {"prompt": "hi"}, "hi"),
            ("tool_result", {"result": {"stdout": "out", "stderr": "err"}}, "out"),
            ("tool_result", {"result": [{"type": "text", "text": "a"}, "b"]}, "a\nb"),
            ("tool_result", {"result": {"odd": {"deep": "x"}, "n": 1}}, "x"),
            ("tool_result", {"content_preview": "p"}, "p"),
            ("error", {"error": {"message": "boom"}}, "boom"),
            ("error", {"message": "m"}, "m"),
            ("x", {"a": 1}, ""),
        ],
    )
    def test_text_of_an_event(self, kind: str, data: dict[str, Any], text: str) -> None:
        assert event_text.text_of(Event(kind, 1.0, "i", "s", data=data)) == text

    @pytest.mark.parametrize(
        ("text", "limit", "line"),
        [
            ("a", 10, "a"),
            ("  a   b\tc ", 10, "a b c"),
            ("a\n\n  b\r\nc", 20, "a ⏎ b ⏎ c"),
            ("x" * 11, 10, "x" * 9 + "…"),
            ("\x1b[2J\u202eok", 20, "�[2J�ok"),
            ("", 10, ""),
        ],
    )
    def test_one_line(self, text: str, limit: int, line: str) -> None:
        assert event_text.one_line(text, limit) == line

    @given(st.text(), st.integers(2, 40))
    def test_one_line_is_always_one_short_printable_line(self, text: str, limit: int) -> None:
        line = event_text.one_line(text, limit)
        assert len(line) <= limit and (line.isprintable() or line == "") and line == event_text.one_line(line, limit)


class TestTimes:
    @pytest.mark.parametrize(
        ("seconds", "clock", "length", "minutes"),
        [
            (0.0, "0.00s", "0ms", "0:00"),
            (-1.0, "0.00s", "-1000ms", "0:00"),
            (3.553, "3.55s", "3.55s", "0:03"),
            (59.999, "60.00s", "60.00s", "0:59"),
            (103.67, "1m43.67s", "1m 44s", "1:43"),
            (3599.999, "1h00m00.00s", "1h 00m", "59:59"),
            (7325.5, "2h02m05.50s", "2h 02m", "122:05"),
        ],
    )
    def test_forms(self, seconds: float, clock: str, length: str, minutes: str) -> None:
        assert (event_text.clock(seconds), event_text.length(seconds), event_text.minutes_of(seconds)) == (clock, length, minutes)


class TestVerdicts:
    def test_reasons_of_the_verdict_alone(self) -> None:
        reasons = [
            {"effect": "deny", "rule": "r", "text": "no", "source": "p.json:3", "hint": "ask", "action": 0},
            {"effect": "ask", "rule": "q", "text": "maybe"},
            "rubbish",
        ]
        event = call("Bash", {"effect": "deny", "reasons": reasons})
        event.data["actions"] = [{"verb": "connect", "carries": ["file:/p/.env"]}]
        assert event_text.verdict_of(event) == "deny"
        assert event_text.reasons_of(event) == ["no (r) [p.json:3]; carries file:/p/.env; instead: ask"]

    @pytest.mark.parametrize("decision", [None, "deny", {"effect": 7}, {"effect": "deny", "reasons": 7}, {"effect": "deny"}])
    def test_none(self, decision: Any) -> None:
        assert event_text.reasons_of(Event("tool_call", 1.0, "i", "s", data={"decision": decision})) == []


def test_paths_inside_a_project() -> None:
    assert event_text.relative("/p/src/a", "/p") == "src/a" and event_text.relative("/pq/a", "/p") == "/pq/a" and event_text.relative("a", "") == "a"


class TestMarks:
    @pytest.mark.parametrize(
        ("data", "told"),
        [
            ({"hook_event": "PostToolBatch", "tool_calls": [{"tool_name": "Bash"}], "note": "x"}, ""),
            ({"hook_event": "Compaction", "trigger": "auto", "tokens": 150_000}, "Compaction: trigger auto, tokens 150000"),
            ({"hook_event": "Notification", "message": "Claude needs you"}, "Notification: Claude needs you"),
            ({"hook_event": "TaskCreated"}, "TaskCreated"),
            ({"hook_event": 7, "note": "by hand"}, "by hand"),
            ({}, ""),
        ],
    )
    def test_what_a_mark_tells(self, data: dict[str, Any], told: str) -> None:
        assert event_text.mark_of(Event("note", 1.0, "i", "s", data=data)) == told
