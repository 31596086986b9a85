from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis.limit_monitor import BARS, Watched
from gateway.authoring.watch_rules import limits_of
from gateway.model.event import Event


def watched(**section: Any) -> Watched:
    return Watched(list(limits_of(section, "t")))


def called(command: str, number: int = 1, effect: str = "allow", **data: Any) -> Event:
    return Event(
        "tool_call",
        float(number),
        f"e{number}",
        "s",
        data={"tool_name": "Bash", "arguments": {"command": command}, "decision": {"effect": effect}, **data},
    )


def failed(number: int) -> Event:
    return Event("error", float(number), f"r{number}", "s", parent=f"e{number}")


class TestAdd:
    def test_a_limit_is_told_of_once_and_when_it_is_reached(self) -> None:
        seen = watched(tool_calls=2)
        assert [len(seen.add(called("ls", number), {})) for number in range(1, 5)] == [0, 1, 0, 0]

    def test_a_loop_is_told_of_again_after_it_was_left(self) -> None:
        seen = watched(loop={"length": 1, "repeats": 2})
        assert [len(seen.add(called(command, 1), {})) for command in ("a", "a", "a", "b", "b")] == [0, 1, 0, 0, 1]

    def test_retries_of_calls_that_were_recorded_without_limits(self) -> None:
        seen = watched(retries=1)
        told = []
        for number in range(1, 4):
            told += [seen.add(called("make", number), {}), seen.add(failed(number), {})]
        assert [len(each) for each in told] == [0, 0, 0, 1, 0, 0]

    def test_files_of_calls_that_were_recorded_without_limits(self) -> None:
        seen = watched(files_modified=1)
        actions = [{"verb": "write", "target": name} for name in ("a", "b", "/dev/null")]
        assert len(seen.add(called("x", actions=actions), {})) == 1

    def test_usage_and_time(self) -> None:
        seen = watched(cost_usd=1, duration=60)
        assert seen.add(called("x"), {"cost_usd": 0.9}) == []
        assert [alert.reason.rule for alert in seen.look(10.0, {"cost_usd": 1.0})] == ["limits.cost_usd"]
        assert [alert.reason.rule for alert in seen.look(61.0, {"cost_usd": 1.0})] == ["limits.duration"]

    def test_what_ends_the_session_says_so(self) -> None:
        (alert,) = watched(tool_calls={"max": 1, "effect": "stop"}).add(called("x"), {})
        assert alert.ends and set(alert.data("s")) == {"session", "event", "at", "rule", "text", "source"}

    @pytest.mark.parametrize("data", [{}, {"arguments": None}, {"tool_name": 3}, {"actions": "x"}, {"limits": 1}, {"decision": []}])
    def test_odd_records_are_taken_as_they_are(self, data: dict[str, Any]) -> None:
        assert watched(tool_calls=9, files_modified=9, loop={}).add(Event("tool_call", 1.0, "e", "s", data=data), {}) == []


class TestCounts:
    def test_verdicts_and_activity(self) -> None:
        seen = watched()
        for number, effect in ((1, "allow"), (2, "deny"), (100, "allow")):
            seen.add(called("x", number, effect), {})
        assert seen.verdicts == {"allow": 2, "deny": 1} and len(seen.bars(100.0)) == BARS and sum(seen.bars(100.0)) == 3
