"""What `${x…}` operators make of known values, held to bash itself."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.model.action import UNKNOWN
from gateway.shell.interpreter.parameter_transforms import MAX_LENGTH, transformed

OPERATORS = ["#", "##", "%", "%%", "/", "//", "/#", "/%", ":", "^^", ",,", "^", ","]


@pytest.mark.parametrize(
    ("text", "operator", "operand", "expected"),
    [
        ("abcabc", "#", "a", "bcabc"),
        ("abcabc", "#", "*c", "abc"),
        ("abcabc", "##", "*c", ""),
        ("abcabc", "%", "c", "abcab"),
        ("a.tar.gz", "%%", ".*", "a"),
        ("a.b.c", "/", "./-", "a-b.c"),
        ("a.b.c", "//", "./-", "a-b-c"),
        ("abc", "/#", "a/x", "xbc"),
        ("abc", "/%", "c/x", "abx"),
        ("abc", "//", "b", "ac"),
        ("abcdef", ":", "2", "cdef"),
        ("abcdef", ":", "1:2", "bc"),
        ("abcdef", ":", " -2", "ef"),
        ("abcdef", ":", "0:-1", "abcde"),
        ("abc", "^^", "", "ABC"),
        ("ABC", ",,", "", "abc"),
        ("abc", "^", "", "Abc"),
        ("ABC", ",", "", "aBC"),
        ("abc", "/", "[a-b]/x", None),
        ("abc", ":", "x", None),
        ("a" + UNKNOWN, "#", "a", None),
        ("abc", "@", "Q", None),
        ("a" * (MAX_LENGTH + 1), "#", "a", None),
    ],
)
def test_operators(text: str, operator: str, operand: str, expected: str | None) -> None:
    assert transformed(text, operator, operand) == expected


@settings(max_examples=80, deadline=None)
@given(st.text("ab.c", max_size=8), st.sampled_from(OPERATORS), st.text("ab.*?c", min_size=1, max_size=3), st.text("abc", max_size=2))
def test_bash_says_the_same(text: str, operator: str, pattern: str, new: str) -> None:
    operand = {"/": f"{pattern}/{new}", ":": str(len(new))}.get(operator[0], "" if operator[0] in "^," else pattern)
    ours = transformed(text, operator, operand)
    if ours is not None:
        theirs = subprocess.run(["bash", "-c", f'x=$0; printf %s "${{x{operator}{operand}}}"', text], capture_output=True, text=True, check=True)
        assert ours == theirs.stdout
