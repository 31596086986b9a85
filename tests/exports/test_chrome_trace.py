"""Traces that Perfetto opens: valid JSON, complete events, and no two calls at once on one lane."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.analysis.call_outcomes import MAX_OPEN
from gateway.exports.chrome_trace import SAID, _Lanes, written
from gateway.model.event import Event
from tests.exports.stories import left


def trace(tmp_path: Path, **options: Any) -> list[dict[str, Any]]:
    """Return the events of a written trace."""
    value = json.loads(b"".join(written(left(tmp_path, **options))))
    assert value["displayTimeUnit"] == "ms"
    return list(value["traceEvents"])


class TestTrace:
    def test_calls_are_slices_with_their_length(self, tmp_path: Path) -> None:
        slices = {one["name"]: one for one in trace(tmp_path) if one["ph"] == "X"}
        bash = slices["Bash pytest"]
        assert (bash["ts"], bash["dur"], bash["args"]["failed"], bash["args"]["verdict"]) == (5_000_000, 2_000_000, True, "allow")
        refused, open_call = slices["Read .env (refused by policy)"], slices["Grep y (no result recorded)"]
        assert refused["cname"] == "terrible" and open_call["args"]["unfinished"]
        assert [one["args"]["outcome"] for one in (bash, refused, open_call)] == ["failed", "refused", "unknown"]

    def test_what_was_said_is_an_instant(self, tmp_path: Path) -> None:
        said = [one["name"] for one in trace(tmp_path) if one["ph"] == "i" and one["tid"] == SAID]
        assert said[:2] == ["session_start", "user_prompt"] and "error" in said and "from_the_future" in said

    def test_every_lane_has_a_name(self, tmp_path: Path) -> None:
        events = trace(tmp_path)
        named = {one["tid"] for one in events if one["ph"] == "M" and one["name"] == "thread_name"}
        assert {one["tid"] for one in events if one["ph"] == "X"} <= named

    def test_without_content_nothing_is_quoted(self, tmp_path: Path) -> None:
        one = left(tmp_path)
        one.content = False
        data = b"".join(written(one))
        assert b"pytest" not in data and b"fix it" not in data and b"exit code" not in data

    def test_an_interrupted_one_is_whole(self, tmp_path: Path) -> None:
        asked = iter([False] * 6 + [True])
        assert trace(tmp_path, stopped=lambda: next(asked))


moves = st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.floats(0, 3)), max_size=40)


class TestLanes:
    @given(moves)
    @settings(max_examples=100)
    def test_slices_of_one_lane_never_overlap(self, steps: list[tuple[bool, int, float]]) -> None:
        lanes, at, made, open_ids = _Lanes(), 1.0, [], []
        for number, (opens, which, wait) in enumerate(steps):
            at += wait
            if opens or not open_ids:
                open_ids.append(f"c{number}")
                event = Event("tool_call", at, f"c{number}", "s", data={"tool_name": "t"})
            else:
                event = Event("tool_result", at, f"r{number}", "s", parent=open_ids.pop(which % len(open_ids)))
            made += list(lanes.add(event, content=True))
        slices = sorted((one["tid"], one["ts"], one["ts"] + one["dur"]) for one in made if one["ph"] == "X")
        assert all(first[0] != second[0] or first[2] <= second[1] for first, second in zip(slices, slices[1:], strict=False))

    def test_calls_that_never_return_do_not_pile_up(self) -> None:
        lanes = _Lanes()
        for number in range(MAX_OPEN + 5):
            list(lanes.add(Event("tool_call", float(number + 1), f"c{number}", "s", data={"tool_name": "t"}), content=False))
        assert len(lanes.open) == MAX_OPEN
