from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.analysis import session_diff as under_test
from gateway.analysis.session_diff import Pair, Part, Profile, _common, aligned, only, profile_of
from gateway.analysis.summary import Summary
from gateway.traces.decode import lean
from tests.analysis.test_phases import README
from tests.stores import lines_of


def profile(*lines: Any, name: str = "s", folder: str = "/p") -> Profile:
    """Return lines as they are compared."""
    return profile_of(name, filter(None, map(lean, lines_of(*lines).splitlines(keepends=True))), folder)


def labelled(labels: str) -> Profile:
    """Return a session whose phases are named by single letters."""
    return Profile(labels, [Part(label, at, False, 1.0, 1, 0) for at, label in enumerate(labels, 1)], Summary())


def shape(pairs: list[Pair]) -> str:
    """Return pairs as text: `A` for both, `a-` and `-a` for one alone."""
    return " ".join(
        pair.a.label.upper() if pair.a and pair.b else f"{pair.a.label}-" if pair.a else f"-{pair.b.label}" if pair.b else "" for pair in pairs
    )


def naive(one: str, other: str) -> int:
    """Return the length of a longest common subsequence, the plain way."""
    if not one or not other:
        return 0
    return 1 + naive(one[1:], other[1:]) if one[0] == other[0] else max(naive(one[1:], other), naive(one, other[1:]))


class TestAligned:
    @pytest.mark.parametrize(
        ("a", "b", "expected"),
        [
            ("", "", ""),
            ("abc", "abc", "A B C"),
            ("abc", "ac", "A b- C"),
            ("ac", "abc", "A -b C"),
            ("abcd", "xbyd", "a- -x B c- -y D"),
            ("ab", "", "a- b-"),
        ],
    )
    def test_by_label_in_order(self, a: str, b: str, expected: str) -> None:
        assert shape(aligned(labelled(a), labelled(b))) == expected

    @given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.booleans())
    def test_is_a_longest_common_subsequence(self, a: str, b: str, large: bool) -> None:
        whole, under_test.MAX_CELLS = under_test.MAX_CELLS, 0 if large else under_test.MAX_CELLS
        try:
            found = _common(list(a), list(b))
        finally:
            under_test.MAX_CELLS = whole
        assert all(a[left] == b[right] for left, right in found)
        assert all(one[0] < two[0] and one[1] < two[1] for one, two in zip(found, found[1:], strict=False))
        assert large or len(found) == naive(a, b)

    def test_letters_of_either_case_are_the_same_label(self) -> None:
        assert shape(aligned(labelled("A"), labelled("a"))) == "A"


class TestProfile:
    def test_tells_what_was_done_in_each_phase(self) -> None:
        found = profile(*README)
        assert [(part.label, part.failed, list(part.commands)) for part in found.parts][1:] == [
            ("run tests", True, ["python -m pytest"]),
            ("run tests", False, ["uv run pytest"]),
        ]
        assert list(found.parts[0].read) == ["AGENTS.md", "src/auth.py"] and found.retries == 1 and found.completed
        assert found.summary.events == 12 and found.summary.seconds == 125.0

    def test_pairs_differ_by_what_was_done_and_how_it_went(self) -> None:
        one = Part("x", 1, False, 1.0, 1, 0, commands={"a": None})
        assert not Pair(one, Part("x", 9, False, 9.0, 9, 9, commands={"a": None})).differs
        assert Pair(one, Part("x", 1, True, 1.0, 1, 0, commands={"a": None})).differs and Pair(one, Part("x", 1, False, 1.0, 1, 0)).differs
        assert Pair(one, None).differs and only({"a": None}, {"a": None}) is None and only({"a": None}, {"b": None}) == (["a"], ["b"])
