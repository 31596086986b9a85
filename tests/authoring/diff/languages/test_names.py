from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.authoring.diff.languages import names
from gateway.authoring.diff.languages.names import name_classes
from gateway.model.errors import GatewayError
from gateway.model.globs import compile_pattern, match_segment

WORDS = ["a", "b", "ab", "*", "a*", "*b", "?", "a?", "*a*", "[ab]", "[!a]*", "[a-c]x", ".*", "*.b", "ab*ba"]


def matched(name: str, patterns: list[str]) -> frozenset[str]:
    return frozenset(pattern for pattern in patterns if match_segment(compile_pattern(pattern)[0], name))


def classes(patterns: list[str]) -> set[frozenset[str]]:
    compiled = {pattern: compile_pattern(pattern)[0] for pattern in patterns}
    literals = frozenset(one for one in compiled.values() if isinstance(one, str))
    wilds = tuple((one, False) for one in compiled.values() if isinstance(one, tuple))
    return {matched(name, patterns) for name in name_classes(literals, wilds)}


class TestNameClasses:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(WORDS), unique=True, max_size=6))
    def test_no_short_name_is_of_a_class_that_was_not_found(self, patterns: list[str]) -> None:
        short = ("".join(chars) for length in (1, 2, 3, 4) for chars in itertools.product("abcx.", repeat=length))
        assert {matched(name, patterns) for name in short if name not in (".", "..")} <= classes(patterns)

    def test_a_class_is_not_shown_by_a_literal(self) -> None:
        assert set(name_classes(frozenset(("x",)), (((1,), False),))) > {"x"}
        assert classes(["x", "*"]) == {frozenset(("x", "*")), frozenset(("*",))}

    def test_case_is_folded_where_asked(self) -> None:
        found = name_classes(frozenset(), ((("ab",), True), (("AB",), False)))
        assert {name for name in found if name.lower() == "ab"} >= {"AB", "ab"} or {"AB"} <= set(found)

    def test_dot_names_are_no_names(self) -> None:
        assert not {".", ".."} & set(name_classes(frozenset(), ((compile_pattern("*")[0], False), (compile_pattern(".*")[0], False))))

    def test_too_many_overlaps_are_said_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(names, "MAX_STATES", 500)
        wilds = tuple(((1, letter, 1), False) for letter in "abcdefghijkl")
        with pytest.raises(GatewayError, match="too many ways"):
            name_classes(frozenset(), wilds)
