from __future__ import annotations

from typing import Any

import pytest

from gateway.model.event import EVENT_TYPES, Event
from gateway.reports.colors import painted, plain
from gateway.reports.replay.event_lines import Lines, data_of, without_marks

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("decision", {"choice": "a", "reason": "why", "alternatives": ["a", "b", "c"]}, "a: why (over b, c)"),
    ("llm_request", {"model": "m", "message_count": 2}, "m 2 messages"),
    ("llm_response", {"model": "m", "content_preview": "hi"}, 'm "hi"'),
    ("file_read", {"uri": "file:///a"}, "file:///a"),
    ("file_write", {"path": "b"}, "b"),
    ("error", {"message": "boom"}, "boom"),
    ("tool_result", {"result": {"stdout": "a\nb"}}, "a ⏎ b"),
    ("tool_result", {"result": {"content": [{"type": "text", "text": "x"}, {"type": "text", "text": "y"}]}}, "x ⏎ y"),
    ("tool_result", {"content_preview": "p"}, "p"),
    ("assistant_response", {"text": "# Done\n\n**all** `good`"}, '"Done ⏎ all good"'),
    ("subagent_start", {"reason": "r"}, "r"),
    ("tool_call", {"tool_name": "Bash", "arguments": {"command": ["ls", "-l"]}}, "$ ls -l"),
    ("tool_call", {"tool_name": "x", "arguments": {"n": 1}}, ""),
]


class TestLines:
    @pytest.mark.parametrize(("kind", "data", "about"), CASES)
    def test_tells_what_an_event_is_about(self, kind: str, data: dict[str, Any], about: str) -> None:
        event = Event(kind, 1.0, "i", "s", data=data)
        lines = Lines(plain).of(7, event, 1.0).splitlines()
        assert lines[0].startswith("#7       +    1.00s  ") and [line.strip() for line in lines[1:]] == ([about] if about else [])
        assert data_of(7, event, 1.0, "s", 0)["about"] == about

    def test_every_type_has_a_mark(self) -> None:
        for kind in EVENT_TYPES:
            assert f" {kind}" in Lines(plain).of(1, Event(kind, 1.0, "i", "s", data={"note": "n"}), 0.0)

    @pytest.mark.parametrize("data", [{}, {"hook_event": "PostToolBatch", "tool_calls": [{"tool_name": "Bash"}]}])
    def test_a_mark_with_nothing_to_say_is_not_shown(self, data: dict[str, Any]) -> None:
        assert Lines(plain).of(1, Event("note", 1.0, "i", "s", data=data), 0.0) == ""

    def test_a_mark_tells_which_it_is(self) -> None:
        compaction = Event("note", 1.0, "i", "s", data={"hook_event": "Compaction", "trigger": "auto", "tokens": 150000})
        assert "Compaction: trigger auto, tokens 150000" in Lines(plain).of(1, compaction, 0.0)

    def test_what_a_person_did_not_let_run_is_told_apart_from_what_failed(self) -> None:
        no = "The user doesn't want to proceed with this tool use. The tool use was rejected"
        rejected, failed = (
            Lines(plain).of(1, Event("error", 1.0, "i", "s", data={"tool_name": "Bash", "error": text}), 0.0) for text in (no, "exit 1")
        )
        assert rejected.startswith("#1    ⊘ ") and "rejected, not run" in rejected and "⊘" not in failed and "rejected" not in failed

    def test_colors_change_nothing_else(self) -> None:
        event = Event("tool_call", 1.0, "i", "s", data={"tool_name": "t", "decision": {"effect": "deny"}})
        colored = Lines(painted).of(1, event, 0.0)
        for code in ("31", "2", "0"):
            colored = colored.replace(f"\x1b[{code}m", "")
        assert colored == Lines(plain).of(1, event, 0.0) and "blocked: no reason was recorded" in colored

    def test_who_of_several_agents_called(self) -> None:
        assert "Read [Explore]" in Lines(plain).of(1, Event("tool_call", 1.0, "i", "s", data={"tool_name": "Read", "agent_type": "Explore"}), 0.0)


def test_marks_of_markdown_go() -> None:
    assert without_marks("## **a** `b` __c__") == "a b c"
