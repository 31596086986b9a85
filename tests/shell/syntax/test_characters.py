"""Names, and the error that knows its place."""

from __future__ import annotations

import pytest

from gateway.shell.syntax.characters import BLANK, META, ShellError, is_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", True), ("_", True), ("A1_", True), ("", False), ("1a", False), ("a-b", False), ("a b", False), ("é", False), ("a\n", False)],
)
def test_names(text: str, expected: bool) -> None:
    assert is_name(text) is expected


def test_blanks_end_words() -> None:
    assert set(BLANK) <= META and "\n" in META and "{" not in META


def test_errors_know_their_place() -> None:
    error = ShellError("a quote is not closed", 3)
    assert (error.problem, error.at, str(error)) == ("a quote is not closed", 3, "a quote is not closed")
