from __future__ import annotations

from typing import Any

import pytest

from gateway.analysis.outcomes import LISTS, NUMBERS, Measures, compared, measured
from tests.analysis.test_phases import README
from tests.analysis.test_session_diff import profile


def measures(title: str = "t", completed: bool = True, lists: dict[str, list[str]] | None = None, **numbers: float) -> Measures:
    """Return a session in numbers, all of them nothing but those given."""
    return Measures("s", title, completed, {name: numbers.get(name, 0) for name in NUMBERS}, {name: (lists or {}).get(name, []) for name in LISTS})


CASES: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    ({"errors": 3}, {"errors": 1}, "improved", "fewer errors, same task completed"),
    ({"errors": 1}, {"errors": 3}, "regressed", "more errors, same task completed"),
    ({"errors": 9, "completed": True}, {"errors": 0, "completed": False}, "regressed", "the task was not completed"),
    ({"completed": False}, {"errors": 5}, "improved", "the task was completed"),
    ({"duration_seconds": 100}, {"duration_seconds": 1}, "unchanged", "same task completed"),
    ({"retries": 2}, {"retries": 0}, "improved", "fewer retries, same task completed"),
    ({"denied": 0}, {"denied": 2}, "regressed", "more blocked calls, same task completed"),
    ({"completed": False}, {"completed": False}, "unchanged", "task completed by neither"),
    ({"title": "a"}, {"title": "b", "errors": 1}, "regressed", "more errors, task completed, the first prompts differ"),
]


class TestCompared:
    @pytest.mark.parametrize(("a", "b", "outcome", "because"), CASES)
    def test_outcome(self, a: dict[str, Any], b: dict[str, Any], outcome: str, because: str) -> None:
        found = compared(measures(**a), measures(**b))
        assert (found.outcome, ", ".join(found.because)) == (outcome, because)

    def test_what_was_added_and_removed(self) -> None:
        found = compared(measures(tokens=100, lists={"tools": ["bash", "read"]}), measures(tokens=1_300, lists={"tools": ["read", "write_file"]}))
        assert found.added("tools") == ["write_file"] and found.removed("tools") == ["bash"] and found.delta("tokens") == 1_200


class TestMeasured:
    def test_a_session(self) -> None:
        found = measured(profile(*README))
        assert set(found.numbers) == set(NUMBERS) and set(found.lists) == set(LISTS)
        assert (found.title, found.completed, found.numbers["retries"], found.numbers["failed_phases"]) == ("fix the auth module", True, 1, 1)
        assert found.lists["commands"] == ["python -m pytest", "uv run pytest"] and found.lists["files_read"] == ["AGENTS.md", "src/auth.py"]
