from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.policy.limits.counters import MAX_KEPT, bounds, fold, fresh, matters, needed, same_tool

LIMITS: list[dict[str, Any]] = [
    {"name": "tool_calls", "max": 5},
    {"name": "files_modified", "max": 2},
    {"name": "loop", "length": 2, "repeats": 2, "max": 2},
    {"name": "per_tool", "tool": "Bash", "max": 2, "window": 60.0},
    {"name": "per_tool", "tool": "mcp__*", "max": 1, "window": 0.0},
]
KEPT = bounds(LIMITS)


def called(key: str, *, tool: str = "Bash", at: float = 1.0, event: str = "e", effect: str = "allow", files: tuple[str, ...] = ()) -> dict[str, Any]:
    data = {"tool_name": tool, "decision": {"effect": effect}, "limits": {"call": key, "files": list(files)}}
    return {"event_type": "tool_call", "timestamp": at, "event_id": event, "data": data}


def answered(parent: str, *, failed: bool = False) -> dict[str, Any]:
    return {"event_type": "error" if failed else "tool_result", "timestamp": 2.0, "parent_id": parent, "data": {}}


def after(*events: dict[str, Any]) -> dict[str, Any]:
    tally = fresh()
    for event in events:
        fold(tally, event, KEPT)
    return tally


class TestFold:
    def test_what_was_denied_was_not_called(self) -> None:
        assert after(called("a", effect="deny"))["calls"] == 0
        assert after(called("a"), called("b", effect="ask"))["calls"] == 2

    def test_failures_in_a_row_of_the_same_call(self) -> None:
        failing = after(called("a", event="1"), answered("1", failed=True), called("a", event="2"), answered("2", failed=True))
        assert (failing["failing"], failing["errors"]) == ({"a": 2}, 2)
        fold(failing, called("a", event="3"), KEPT)
        fold(failing, answered("3"), KEPT)
        assert failing["failing"] == {} and failing["errors"] == 2

    def test_files_once_each_and_no_more_than_needed(self) -> None:
        tally = after(called("a", files=("x", "y")), called("b", files=("x",)), called("c", files=("z", "w")))
        assert tally["files"] == ["x", "y", "z"]

    def test_times_of_a_tool_by_name_and_by_pattern(self) -> None:
        tally = after(*(called("a", at=float(at)) for at in range(5)), called("b", tool="mcp__x__y", at=9.0))
        assert tally["tools"] == {"Bash": [5, [[float(at), 1] for at in range(5)]], "mcp__*": [1, []]}

    def test_a_window_forgets_what_lies_before_it(self) -> None:
        assert after(called("a", at=1.0), called("a", at=100.0))["tools"]["Bash"] == [2, [[100.0, 1]]]

    def test_many_calls_in_a_window_count_too_long_and_never_too_short(self) -> None:
        tally = after(*(called("a", at=number / 1000) for number in range(3000)))
        _, times = tally["tools"]["Bash"]
        assert len(times) <= MAX_KEPT and sum(calls for _, calls in times) == 3000
        assert all(sum(calls for at, calls in times if 2.999 - at < span) >= span * 1000 for span in (0.1, 1, 2))

    def test_usage_that_the_record_tells(self) -> None:
        told = {"event_type": "llm_response", "timestamp": 1.0, "data": {"model": "m", "usage": {"input_tokens": 3, "output_tokens": 2, "x": True}}}
        assert after(told, told)["usage"] == {"m": [6, 4, 0, 0]}

    def test_what_is_remembered_is_bounded(self) -> None:
        tally = after(*(called(f"k{number}", event=f"e{number}") for number in range(3000)))
        assert len(tally["open"]) == MAX_KEPT and len(tally["recent"]) == KEPT["recent"] == 4
        assert len(repr(tally)) < 20_000

    @settings(max_examples=100, deadline=None)
    @given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
    def test_no_event_raises(self, data: object) -> None:
        for kind in ("tool_call", "tool_result", "error", "note", None):
            fold(fresh(), {"event_type": kind, "data": data, "timestamp": data, "parent_id": data}, KEPT)


class TestMatters:
    @pytest.mark.parametrize(
        ("line", "want"),
        [
            (b'{"event_type":"tool_call","timestamp":1}', True),
            (b'{"event_type":"error","timestamp":1}', True),
            (b'{"event_type":"user_prompt","timestamp":1}', False),
            (b'{"event_type":"llm_response","data":{"usage":{}}}', True),
        ],
    )
    def test_told_from_the_raw_line(self, line: bytes, want: bool) -> None:
        assert matters(line) == want


class TestSameTool:
    @pytest.mark.parametrize(
        ("name", "tool", "want"), [("Bash", "Bash", True), ("Bash", "BashX", False), ("mcp__*", "mcp__a__b", True), ("*", "x", True)]
    )
    def test_names_and_patterns(self, name: str, tool: str, want: bool) -> None:
        assert same_tool(name, tool) == want


HEAD = '"event_type":"tool_result","timestamp":1.5,"event_id":"r","session_id":"s","parent_id":"e"'


class TestNeeded:
    @pytest.mark.parametrize(
        "line",
        [
            "{" + HEAD + ',"data":{"result":"x"}}',
            "{" + HEAD + ',"duration_ms":3,"data":{"result":{"data":{"parent_id":"other"}}},"prev_hash":"0"}',
            "{" + HEAD + ',"data":{"result":",\\"data\\":"}}',
            "{" + HEAD + ',"data":{"model":"m","usage":{"input_tokens":7}}}',
            '{"data":{"result":"x"},' + HEAD + "}",
            '{"extra":{"parent_id":"other","data":1},' + HEAD + ',"data":{}}',
            "{" + HEAD.replace("tool_result", "error") + ',"data":{}}',
            "{" + HEAD + "}",
        ],
    )
    def test_comes_to_the_same_as_the_whole_line(self, line: str) -> None:
        whole, some = ({**fresh(), "open": {"e": "k"}, "failing": {"k": 2}} for _ in range(2))
        fold(whole, json.loads(line), KEPT)
        fold(some, json.loads(needed(line.encode())), KEPT)
        assert whole == some

    def test_a_torn_line_stays_torn(self) -> None:
        line = "{" + HEAD + ',"data":{"result":"x'
        assert needed(line.encode()) == line.encode()

    def test_a_long_result_is_left_out(self) -> None:
        assert len(needed(("{" + HEAD + ',"data":{"result":"%s"}}'.replace("%s", "x" * 9999)).encode())) < 200
