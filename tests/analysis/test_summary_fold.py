from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis.summary import Summary, Times, Tool
from gateway.analysis.summary_fold import Fold, summarized
from gateway.traces.decode import decoded, encoded, lean, parsed
from tests.stores import BEGIN, call, event, failure, lines_of, pytest_story, result, verdict


def folded(*lines: Any, times: Times | None = None) -> Summary:
    """Return what lines come to."""
    fold = Fold(times=times)
    for line in lines_of(*lines).splitlines(keepends=True):
        one = lean(line)
        assert one is not None
        fold.add(one)
    return fold.done()


class TestSummary:
    def test_the_story_of_the_readme(self) -> None:
        times: Times = {}
        summary = folded(*pytest_story(), times=times)
        assert (summary.events, summary.calls, summary.errors, summary.prompts, summary.ended) == (12, 4, 1, 1, True)
        assert summary.seconds == pytest.approx(112.6) and summary.first == BEGIN and summary.last == BEGIN + 112.6
        assert {name: (tool.calls, tool.errors) for name, tool in summary.tools.items()} == {"Glob": (1, 0), "Bash": (2, 1), "Read": (1, 0)}
        assert {tool: list(took) for tool, took in times.items()} == {"Glob": [51.0], "Bash": [pytest.approx(21_590), 5880.0], "Read": [43.0]}
        assert list(summary.read) == ["/p/pyproject.toml"] and summary.written == {}
        assert summary.failures == [(6, "Bash", "Command failed with exit code 1")]
        assert summary.title == "how many tests does this project have? run them"

    def test_the_whole_event_and_the_lean_one_come_to_the_same(self) -> None:
        lines = lines_of(*pytest_story()).splitlines(keepends=True)
        assert summarized(filter(None, map(parsed, lines))) == summarized(filter(None, map(lean, lines)))

    def test_verdicts_and_the_rules_behind_them(self) -> None:
        allowed = {"effect": "allow", "reasons": [{"effect": "allow", "rule": "default", "text": ""}], "revision": "sha256:abc"}
        summary = folded(
            call(1, "a", "Read", verdict("deny"), file_path=".env"),
            call(2, "b", "Read", verdict("deny"), file_path=".env"),
            call(3, "c", "Bash", verdict("ask", "push"), command="git push"),
            call(4, "d", "Read", allowed, file_path="a"),
        )
        assert summary.verdicts == {"deny": 2, "ask": 1, "allow": 1}
        assert summary.rules == {"files.read.deny[0]": {"deny": 2}, "push": {"ask": 1}}
        assert summary.sources["push"] == ".agent-scope.json:3" and list(summary.revisions) == ["sha256:abc"]

    def test_files_of_a_command_are_those_that_were_found_in_it(self) -> None:
        actions = [
            {"verb": "read", "target": ".env"},
            {"verb": "read", "target": "src", "how": ["tree"]},
            {"verb": "write", "target": "out.txt"},
            {"verb": "write", "target": "a\0b"},
            {"verb": "run", "target": "cat"},
        ]
        one = event("tool_call", 1, id="a", tool_name="Bash", arguments={"command": "cat .env > out.txt"}, actions=actions)
        assert folded(one).read == folded(one).written == {}
        summary = folded(one, result(2, "a", "Bash"))
        assert list(summary.read) == [".env"] and list(summary.written) == ["out.txt"]

    def test_usage_is_added_up_for_each_model(self) -> None:
        usage = {"input_tokens": 10, "output_tokens": 2, "cache_read_input_tokens": 5, "cache_creation_input_tokens": 1, "service_tier": "standard"}
        summary = folded(*(event("assistant_response", at, model="m", usage=usage, cost_usd=0.5) for at in (1, 2)), event("x", 3, usage="none"))
        assert summary.usage == {"m": [20, 4, 10, 2, 0]} and summary.tokens == 36 and summary.cost_usd == 1.0

    def test_what_other_versions_write_is_counted_as_far_as_it_goes(self) -> None:
        summary = folded(
            {"event_type": "tool_call", "data": {"tool_name": 7, "arguments": "x", "decision": {"effect": 1}}},
            {"event_type": "error", "data": {"message": "boom"}},
            {"event_type": "file_read", "data": {"uri": "file:///a"}},
            {"event_type": "file_write", "data": {"path": "b"}},
            {"event_type": "brand_new"},
        )
        assert summary.types == {"tool_call": 1, "error": 1, "file_read": 1, "file_write": 1, "brand_new": 1}
        assert summary.tools == {"": Tool(calls=1)} and summary.failures == [(2, "", "boom")]
        assert list(summary.read) == ["file:///a"] and list(summary.written) == ["b"]

    def test_a_clock_that_steps_back_makes_no_time(self) -> None:
        summary = folded(event("a", 0), event("b", 10), event("c", -3600), event("d", -3595))
        assert summary.seconds == pytest.approx(15.0) and summary.clock_steps == 1

    def test_goes_on_from_what_was_kept(self) -> None:
        story = pytest_story()
        whole = folded(*story)
        for cut in range(len(story)):
            kept = decoded(encoded(folded(*story[:cut])), Summary)
            assert kept is not None
            fold = Fold(kept)
            for line in lines_of(*story[cut:]).splitlines(keepends=True):
                one = lean(line)
                assert one is not None
                fold.add(one)
            assert fold.done() == whole

    def test_results_without_calls_are_theirs_who_say_so(self) -> None:
        summary = folded(result(1, "gone", "Read", ms=5.0), failure(2, "gone", "Bash", ms=7.0))
        assert summary.tools["Read"] == Tool(timed=1, total_ms=5.0, max_ms=5.0) and summary.tools["Bash"].errors == 1
