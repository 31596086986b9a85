from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis.phases import Beginnings, Phase, phases_of
from gateway.traces.decode import lean
from tests.stores import call, event, failure, lines_of, pytest_story, result, verdict


def phases(*lines: Any) -> list[Phase]:
    """Return the phases of lines."""
    return list(phases_of(filter(None, map(lean, lines_of(*lines).splitlines(keepends=True)))))


def told(*lines: Any) -> list[tuple[str, bool, int, int]]:
    """Return (label, failed, events, retries) of each phase of lines."""
    return [(one.label, one.failed, one.events, one.retries) for one in phases(*lines)]


README = [
    event("session_start", 0),
    event("user_prompt", 0.5, prompt="fix the auth module"),
    call(1, "a", "Read", file_path="/p/AGENTS.md"),
    result(2, "a", "Read"),
    call(3, "b", "Read", file_path="/p/src/auth.py"),
    result(4, "b", "Read"),
    call(5, "c", "Bash", command="python -m pytest"),
    failure(40, "c", "Bash"),
    call(45, "d", "Bash", command="python -m pytest"),
    failure(79, "d", "Bash"),
    call(80, "e", "Bash", command="uv run pytest"),
    result(125, "e", "Bash"),
]


class TestPhases:
    def test_the_sample_of_the_readme(self) -> None:
        first, second, third = phases(*README)
        assert (first.label, first.failed, list(first.read)) == ("fix the auth module", False, ["/p/AGENTS.md", "/p/src/auth.py"])
        assert (second.label, second.failed, second.retries) == ("run tests", True, 1)
        assert [(deed.text, deed.retry, deed.failed) for deed in second.deeds] == [
            ("python -m pytest", False, True),
            ("python -m pytest", True, True),
        ]
        assert (third.label, third.failed, third.retries) == ("run tests", False, 0)
        assert [(one.start, one.end) for one in (first, second, third)] == [(0.0, 4.0), (5.0, 79.0), (80.0, 125.0)]
        assert second.wasted == 74.0 and second.lost == 69.0 and third.wasted == 0.0

    def test_every_event_belongs_to_a_phase(self) -> None:
        for lines in (README, pytest_story(), [event("x", 1)], [event("user_prompt", 1, prompt="a"), event("user_prompt", 2, prompt="b")]):
            found = phases(*lines)
            assert sum(one.events for one in found) == len(lines)
            assert [one.number for one in found] == list(range(1, len(found) + 1))
        assert phases() == []

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            ([event("session_start", 0), call(1, "a", "Read", file_path="x")], [("start", False, 2, 0)]),
            ([call(1, "a", "Bash", command="make"), call(2, "b", "Bash", command="git commit")], [("build", False, 1, 0), ("commit", False, 1, 0)]),
            ([call(1, "a", "Read", file_path="x"), call(900, "b", "Read", file_path="y")], [("start", False, 1, 0), ("Read y", False, 1, 0)]),
            (
                [call(1, "a", "Bash", command="pytest"), failure(2, "a", "Bash"), call(3, "b", "Bash", command="pytest"), result(4, "b", "Bash")],
                [("run tests", False, 4, 1)],
            ),
            (
                [call(1, "a", "Bash", command="pytest"), failure(2, "a", "Bash"), call(3, "b", "Read", file_path="x"), result(4, "b", "Read")],
                [("run tests", True, 4, 0)],
            ),
            ([call(1, "a", "Read", file_path="x"), failure(2, "a", "Read")], [("start", True, 2, 0)]),
            ([event("user_prompt", 1), event("user_prompt", 1, prompt="\x1b[2Jhi\nthere")], [("�[2Jhi ⏎ there", False, 2, 0)]),
        ],
    )
    def test_begin_and_end(self, lines: list[Any], expected: list[tuple[str, bool, int, int]]) -> None:
        assert told(*lines) == expected

    def test_a_test_after_work_is_a_retry_of_the_one_that_failed(self) -> None:
        lines = [
            event("user_prompt", 0, prompt="fix"),
            call(1, "a", "Bash", command="pytest"),
            failure(2, "a", "Bash"),
            call(3, "b", "Edit", file_path="x"),
            result(4, "b", "Edit"),
            call(5, "c", "Bash", command="pytest"),
            result(6, "c", "Bash"),
            call(7, "d", "Bash", command="pytest"),
            result(8, "d", "Bash"),
        ]
        assert told(*lines) == [("fix", False, 5, 0), ("run tests", False, 4, 1)]

    @pytest.mark.parametrize(
        ("lines", "failed"),
        [
            # a search that finds nothing fails no purpose
            ([call(1, "a", "Edit", file_path="x"), result(2, "a", "Edit"), call(3, "b", "Bash", command="grep x y"), failure(4, "b", "Bash")], False),
            # what was looked up afterwards saves none
            ([call(1, "a", "Bash", command="git push"), failure(2, "a", "Bash"), call(3, "b", "Read", file_path="x"), result(4, "b", "Read")], True),
            ([call(1, "a", "Bash", command="git push"), failure(2, "a", "Bash"), call(3, "b", "Edit", file_path="x"), result(4, "b", "Edit")], False),
            ([call(1, "a", "Bash", verdict("deny"), command="git push")], True),
            ([call(1, "a", "Bash", command="git push")], False),
            ([call(1, "a", "Bash", command="git push"), result(2, "a", "Bash"), call(3, "b", "Bash", command="ls")], False),
        ],
    )
    def test_the_purpose_decides_whether_a_phase_failed(self, lines: list[Any], failed: bool) -> None:
        (phase,) = phases(event("user_prompt", 0, prompt="fix"), *lines)
        assert phase.failed is failed and (phase.wasted > 0) is (failed and phase.seconds > 0)

    def test_a_result_that_comes_in_the_next_phase_decides_about_its_own(self) -> None:
        lines = [call(1, "a", "Bash", command="pytest"), event("user_prompt", 2, prompt="meanwhile"), failure(3, "a", "Bash")]
        assert told(*lines) == [("run tests", True, 1, 0), ("meanwhile", False, 2, 0)]

    def test_what_was_refused_is_neither_read_nor_written(self) -> None:
        (phase,) = phases(call(1, "a", "Read", verdict("deny"), file_path=".env"), call(2, "b", "Write", file_path="x"))
        assert (phase.read, phase.written, [deed.outcome for deed in phase.deeds]) == ({}, {}, ["refused", "unknown"])

    def test_what_was_blocked_is_counted(self) -> None:
        assert phases(call(1, "a", "Read", verdict("deny"), file_path=".env"))[0].blocked == 1

    def test_a_search_is_not_a_file(self) -> None:
        glob = [call(1, "a", "Glob", pattern="**/*.py"), result(1, "a", "Glob")]
        phase = phases(*glob, call(2, "b", "mcp__fs__read_text_file", path="/x"), result(3, "b", "mcp__fs__read_text_file"))[0]
        assert list(phase.searched) == ["**/*.py"] and list(phase.read) == ["/x"]

    def test_a_clock_that_steps_back_makes_no_negative_phase(self) -> None:
        found = phases(call(10, "a", "Read", file_path="x"), call(-5000, "b", "Bash", command="pytest"), result(-4990, "b", "Bash"))
        assert [(one.start, one.end) for one in found] == [(0.0, 0.0), (0.0, 10.0)]


class TestBeginnings:
    def test_tell_the_same_as_the_phases(self) -> None:
        beginnings = Beginnings()
        events = [one for one in map(lean, lines_of(*README).splitlines(keepends=True)) if one]
        assert [label for label in map(beginnings.label, events) if label] == ["start", "fix the auth module", "run tests", "run tests"]
        assert beginnings.at == 125.0
