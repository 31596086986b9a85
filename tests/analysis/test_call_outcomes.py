from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis import call_outcomes as module
from gateway.analysis.call_outcomes import DONE, FAILED, OUTCOMES, REFUSED, REJECTED, UNKNOWN, WORDS, CallOutcomes, told_counts
from gateway.traces.decode import lean_or_raise, parsed, shown_or_raise, sized_or_raise, story_or_raise
from tests.stores import call, event, failure, lines_of, result, verdict

PERSON = "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, …)"
CLIENT = "Claude requested permissions to use Bash, but you haven't granted it yet."


def outcomes(*lines: Any, read: Any = parsed) -> dict[str, str]:
    """Return {call: outcome} of lines, those without a result included."""
    fold = CallOutcomes()
    settled = [fold.add(read(line)) for line in lines_of(*lines).splitlines(keepends=True)]
    return {one.id: one.outcome for one in [*filter(None, settled), *fold.rest()]}


ASKED = event("note", 2, hook_event="PermissionRequest", tool_name="Bash", tool_input={"command": "x"})
BASH = {"command": "x"}
CASES: list[tuple[list[Any], str]] = [
    ([call(1, "a", "Bash", **BASH), result(2, "a", "Bash")], DONE),
    ([call(1, "a", "Bash", **BASH), failure(2, "a", "Bash")], FAILED),
    ([call(1, "a", "Bash", **BASH)], UNKNOWN),
    ([call(1, "a", "Bash", verdict("deny"), **BASH)], REFUSED),
    ([call(1, "a", "Bash", verdict("deny"), **BASH), failure(2, "a", "Bash", "no")], REFUSED),
    ([call(1, "a", "Bash", verdict("deny"), **BASH), result(2, "a", "Bash")], DONE),
    ([call(1, "a", "Bash", verdict("ask"), **BASH), result(2, "a", "Bash")], DONE),
    ([call(1, "a", "Bash", verdict("ask"), **BASH), failure(2, "a", "Bash")], FAILED),
    ([call(1, "a", "Bash", {**verdict("deny"), "effect": "allow", "shadow": "deny"}, **BASH), result(2, "a", "Bash")], DONE),
    ([call(1, "a", "Bash", **BASH), failure(2, "a", "Bash", PERSON)], REJECTED),
    ([call(1, "a", "Bash", **BASH), failure(2, "a", "Bash", CLIENT)], REJECTED),
    ([call(1, "a", "Bash", **BASH), event("error", 2, parent="a", error="interrupted by the user", is_interrupt=True)], FAILED),
    ([call(1, "a", "Bash", **BASH), failure(2, "a", "Bash", "aborted by user after 3.2s")], FAILED),
    ([call(1, "a", "Bash", **BASH), failure(2, "a", "Bash", "bash: ./x: Permission denied")], FAILED),
    ([call(1, "a", "Bash", **BASH), ASKED], UNKNOWN),
    ([call(1, "a", "Bash", **BASH), ASKED, event("user_prompt", 3, prompt="no, do that")], REJECTED),
    ([call(1, "a", "Bash", **BASH), ASKED, result(3, "a", "Bash"), event("session_end", 4)], DONE),
    ([event("tool_call", 1, id="a", tool_name="Bash", tool_use_id="t"), event("note", 2, hook_event="PermissionDenied", tool_use_id="t")], REJECTED),
    ([event("tool_call", 1, id="a", tool_name="Bash", tool_use_id="t"), event("tool_result", 2, tool_use_id="t")], DONE),
    ([event("tool_call", 1, id="a", tool_name="x", request_id=7), event("error", 2, request_id=7)], FAILED),
    ([event("tool_call", 1, id="a", tool_name="x", request_id=7), event("error", 2, request_id=8)], UNKNOWN),
]


class TestCallOutcomes:
    @pytest.mark.parametrize(("lines", "expected"), CASES)
    def test_what_became_of_a_call(self, lines: list[Any], expected: str) -> None:
        assert outcomes(*lines) == {"a": expected}

    @pytest.mark.parametrize("read", [lean_or_raise, story_or_raise, shown_or_raise])
    @pytest.mark.parametrize(("lines", "expected"), CASES)
    def test_readers_of_a_part_tell_the_same(self, lines: list[Any], expected: str, read: Any) -> None:
        assert outcomes(*lines, read=read) == {"a": expected}

    @pytest.mark.parametrize(("lines", "expected"), CASES)
    def test_the_reader_of_sizes_tells_at_least_what_came_to_nothing(self, lines: list[Any], expected: str) -> None:
        told = outcomes(*lines, read=sized_or_raise)["a"]
        assert told == (FAILED if expected == REJECTED and lines[-1]["event_type"] == "error" else expected)

    @pytest.mark.parametrize("text", [f"Exit code 1\n{PERSON}", f"Error: Exit code 1\n{CLIENT}", f"Command failed with exit code 1\n{PERSON}"])
    def test_a_command_cannot_print_that_it_was_never_run(self, text: str) -> None:
        assert outcomes(call(1, "a", "Bash", command="cat .env"), failure(2, "a", "Bash", text)) == {"a": FAILED}
        assert outcomes(call(1, "a", "Bash", command="cat .env"), result(2, "a", "Bash", PERSON)) == {"a": DONE}

    def test_the_first_result_counts(self) -> None:
        assert outcomes(call(1, "a", "Bash"), result(2, "a", "Bash"), failure(3, "a", "Bash")) == {"a": DONE}

    def test_of_many_without_a_result_the_oldest_stays_unknown(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MAX_OPEN", 2)
        told = outcomes(*(call(at, f"c{at}", "Bash") for at in range(4)), result(5, "c0", "Bash"), result(6, "c3", "Bash"))
        assert told == {"c0": UNKNOWN, "c1": UNKNOWN, "c2": UNKNOWN, "c3": DONE}

    def test_goes_on_from_what_was_open(self) -> None:
        first = CallOutcomes()
        for line in lines_of(event("tool_call", 1, id="a", tool_name="Bash", tool_use_id="t"), {**ASKED}).splitlines(keepends=True):
            first.add(lean_or_raise(line))
        second = CallOutcomes(first.open)
        second.add(lean_or_raise(lines_of(event("session_end", 3))))
        assert [one.outcome for one in second.rest()] == [REJECTED]
        settled = second.add(lean_or_raise(lines_of(event("tool_result", 4, tool_use_id="t"))))
        assert settled is not None and (settled.id, settled.outcome, second.open) == ("a", DONE, {})

    def test_what_nobody_can_name_is_nothing(self) -> None:
        assert outcomes({"event_type": "tool_call", "data": {"tool_name": 7, "decision": "x"}}, {"event_type": "error", "data": {}}) == {}


def test_counts_for_people() -> None:
    assert told_counts({UNKNOWN: 1, DONE: 20, REFUSED: 2}) == "20 done, 2 refused by policy, 1 no result recorded"
    assert {*WORDS, DONE} == {*OUTCOMES} and told_counts({}) == ""
