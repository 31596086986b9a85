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
    def test_what_the_transcript_told_later_counts_nothing(self) -> None:
        usage = {"event_type": "llm_response", "timestamp": 3.0, "data": {"model": "m", "usage": {"output_tokens": 5}}}
        events = (called("a", event="1"), answered("1", failed=True), usage)
        late = [{**event, "data": {**event["data"], "late": True}} for event in events]
        assert after(*late) == {**fresh(), "first": 1.0}
        assert after(*events)["usage"] == {"m": [0, 5, 0, 0]}

    def test_a_late_failure_is_known_by_its_raw_line_and_an_output_cannot_pretend_to_be_one(self) -> None:
        head = '{"event_type":"error","timestamp":2.0,"event_id":"e","session_id":"s","parent_id":"1","data":'
        late, pretended = (head + json.dumps(data, separators=(",", ":")) + "}" for data in ({"error": "x", "late": True}, {"error": {"late": True}}))
        counts = [after(json.loads(needed(line.encode())))["errors"] for line in (late, pretended)]
        assert counts == [0, 1]

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


class TestBounds:
    def test_the_most_that_any_limit_needs(self) -> None:
        limits = [
            {"name": "loop", "length": 2, "repeats": 5, "max": 5},
            {"name": "loop", "length": 3, "repeats": 3, "max": 3},
            {"name": "files_modified", "max": 4.0},
            {"name": "files_modified", "max": 2.0},
            {"name": "per_tool", "tool": "B", "window": 5.0, "max": 1},
            {"name": "per_tool", "tool": "B", "window": 60.0, "max": 9},
            {"name": "per_tool", "tool": "C", "window": 0.0, "max": 9},
            {"name": "tool_calls", "max": 7, "length": 99, "repeats": 99, "tool": "D", "window": 1.0},
        ]
        assert bounds(limits) == {"recent": 10, "files": 5, "tools": {"B": 60.0, "C": 0.0}}
        assert bounds([]) == {"recent": 0, "files": 0, "tools": {}}


class TestFoldDetails:
    def test_a_fresh_tally_counts_nothing(self) -> None:
        assert fresh() == {
            "calls": 0,
            "errors": 0,
            "first": None,
            "tools": {},
            "recent": [],
            "failing": {},
            "open": {},
            "files": [],
            "usage": {},
        }

    def test_the_first_time_stays(self) -> None:
        assert after({"event_type": "note", "timestamp": "x"}, {"timestamp": 5}, called("a", at=7.0))["first"] == 5
        assert after({"timestamp": 0.0, "data": []}, called("a", at=7.0))["first"] == 0.0

    def test_one_call_in_all(self) -> None:
        tally = after(called("a", event="e1", at=3.0, files=("x",)))
        assert tally == {
            **fresh(),
            "calls": 1,
            "first": 3.0,
            "tools": {"Bash": [1, [[3.0, 1]]]},
            "recent": ["a"],
            "open": {"e1": "a"},
            "files": ["x"],
        }

    def test_a_call_without_keys_still_counts(self) -> None:
        event = called("a", at=3.0)
        del event["data"]["limits"]
        tally = after(event)
        assert (tally["calls"], tally["tools"], tally["recent"], tally["open"]) == (1, {"Bash": [1, [[3.0, 1]]]}, [], {})

    def test_a_call_without_a_decision_was_made(self) -> None:
        for decision in (None, "deny", {"effect": "ask"}, {}):
            event = called("a")
            event["data"]["decision"] = decision
            assert after(event)["calls"] == 1

    def test_a_time_that_is_none_is_the_first_of_all(self) -> None:
        assert after({**called("a"), "timestamp": "x"})["tools"] == {"Bash": [1, [[0.0, 1]]]}

    def test_what_no_limit_needs_is_not_kept(self) -> None:
        tally = fresh()
        fold(tally, called("a", files=("x",)), bounds([]))
        assert (tally["recent"], tally["files"], tally["tools"]) == ([], [], {})

    def test_a_result_closes_its_call_and_no_other(self) -> None:
        tally = after(called("a", event="1"), called("b", event="2"), answered("2"), answered("9", failed=True))
        assert (tally["open"], tally["errors"], tally["failing"]) == ({"1": "a"}, 1, {})
        fold(tally, answered("1", failed=True), KEPT)
        assert (tally["open"], tally["errors"], tally["failing"]) == ({}, 2, {"a": 1})
        fold(tally, answered("1"), KEPT)
        assert tally["failing"] == {"a": 1}

    def test_what_failed_last_is_remembered_longest(self) -> None:
        tally = after(called("a", event="0"), answered("0", failed=True))
        for number in range(MAX_KEPT - 1):
            for event in (called(f"k{number}", event=f"{number}"), answered(f"{number}", failed=True)):
                fold(tally, event, KEPT)
        assert len(tally["failing"]) == MAX_KEPT and "a" in tally["failing"]
        for event in (called("a", event="x"), answered("x", failed=True), called("new", event="y"), answered("y", failed=True)):
            fold(tally, event, KEPT)
        assert len(tally["failing"]) == MAX_KEPT and tally["failing"]["a"] == 2 and "k0" not in tally["failing"] and "k1" in tally["failing"]

    @pytest.mark.parametrize(
        ("data", "usage"),
        [
            ({"usage": {"input_tokens": 1, "output_tokens": 2, "cache_read_input_tokens": 3, "cache_creation_input_tokens": 4}}, {"": [1, 2, 3, 4]}),
            ({"model": "m", "usage": {"input_tokens": True, "output_tokens": 1.5}}, {"m": [0, 0, 0, 0]}),
            ({"model": "m", "usage": "x"}, {}),
        ],
    )
    def test_usage_by_model(self, data: dict[str, Any], usage: dict[str, list[int]]) -> None:
        assert after({"event_type": "note", "data": data})["usage"] == usage

    @pytest.mark.parametrize("most", [MAX_KEPT, MAX_KEPT + 1, MAX_KEPT + 2])
    def test_two_neighbours_become_one_at_the_later_time(self, most: int) -> None:
        _, times = after(*(called("a", at=number / 1000) for number in range(most)))["tools"]["Bash"]
        if most == MAX_KEPT:
            assert times == [[number / 1000, 1] for number in range(most)]
            return
        pairs = [[(2 * number + 1) / 1000, 2] for number in range((MAX_KEPT + 1) // 2)]
        assert times == [*pairs, *([number / 1000, 1] for number in range(MAX_KEPT, most))]

    def test_a_call_at_the_edge_of_its_window_is_over(self) -> None:
        assert after(called("a", at=0.0), called("a", at=59.0), called("a", at=60.0))["tools"]["Bash"] == [3, [[59.0, 1], [60.0, 1]]]


class TestMatters:
    @pytest.mark.parametrize(
        ("line", "want"),
        [
            (b'{"event_type":"tool_call","timestamp":1}', True),
            (b'{"event_type":"error","timestamp":1}', True),
            (b'{"event_type":"user_prompt","timestamp":1}', False),
            (b'{"event_type":"llm_response","data":{"usage":{}}}', True),
            (b'{"event_type":"tool_result","timestamp":1}', True),
            (b"x" * 189 + b'"tool_call"', True),
            (b"x" * 190 + b'"tool_call"', False),
            (b"x" * 187 + b'"tool_result"', True),
            (b"x" * 300 + b'"usage"', True),
        ],
    )
    def test_told_from_the_raw_line(self, line: bytes, want: bool) -> None:
        assert matters(line) == want


class TestSameTool:
    @pytest.mark.parametrize(
        ("name", "tool", "want"),
        [
            ("Bash", "Bash", True),
            ("Bash", "BashX", False),
            ("mcp__*", "mcp__a__b", True),
            ("*", "x", True),
            ("B?sh", "Bash", True),
            ("[AB]ash", "Bash", True),
            ("[AC]ash", "Bash", False),
            ("B?", "Bash", False),
        ],
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

    @pytest.mark.parametrize(
        ("line", "want"),
        [
            ("{" + HEAD + ',"data":{"result":"x"}}', "{" + HEAD + ',"data":{}}'),
            ("{" + HEAD.replace("tool_result", "tool_call") + ',"data":{"x":1}}', None),
            ("{" + HEAD + ',"data":{"usage":1}}', None),
            ("{" + HEAD.replace("parent_id", "parent") + ',"data":{"x":1}}', None),
            ('{"x":{},' + HEAD + ',"data":{"x":1}}', None),
            ("{" + HEAD + ',"facts":{"x":1}}', None),
        ],
    )
    def test_what_is_left_of_a_line(self, line: str, want: str | None) -> None:
        assert needed(line.encode()).decode() == (line if want is None else want)
