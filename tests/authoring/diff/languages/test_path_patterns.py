from __future__ import annotations

import pytest

from gateway.authoring.diff.languages.path_patterns import ALWAYS, ANY_NAME, INSIDE, LOOP, OUTSIDE, Ground, patterns_of
from gateway.policy.pathset import compile_paths

GROUND = Ground("/p", "/h")


class TestPatternsOf:
    @pytest.mark.parametrize(
        ("text", "want"),
        [
            ("/a/b", {(("a", "b"), ALWAYS)}),
            ("~/a/**", {(("h", "a", ANY_NAME, LOOP), ALWAYS)}),
            ("a/b", {(("p", "a", "b"), ALWAYS), ((LOOP, "a", "b"), OUTSIDE)}),
            ("**/a", {((LOOP, "a"), ALWAYS)}),
            (".env", {((LOOP, ".env"), ALWAYS)}),
            ("*.pem", {((LOOP, (1, ".pem")), ALWAYS)}),
            ("/a/*/**", {(("a", ANY_NAME, ANY_NAME, LOOP), ALWAYS)}),
            ("**/**", {(("p", LOOP), ALWAYS), ((LOOP, LOOP), OUTSIDE)}),
        ],
    )
    def test_anchors_become_steps(self, text: str, want: object) -> None:
        assert patterns_of(compile_paths([(0, text)]), GROUND, strict=False, parents=False) == {0: want}

    def test_a_strict_list_stays_inside(self) -> None:
        compiled = compile_paths([(0, "a/b"), (1, "x*y")])
        assert patterns_of(compiled, GROUND, strict=True, parents=False) == {0: {(("p", "a", "b"), ALWAYS)}, 1: {((LOOP, ("x", 1, "y")), INSIDE)}}

    def test_a_denied_name_holds_for_what_lies_below_it(self) -> None:
        assert patterns_of(compile_paths([(0, ".env")]), GROUND, strict=False, parents=True) == {0: {((LOOP, ".env", LOOP), ALWAYS)}}
