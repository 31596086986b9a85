"""A value knows what of it is known."""

from __future__ import annotations

import pytest

from gateway.model.action import UNKNOWN
from gateway.shell.values import Value, literal


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (Value("a"), True),
        (Value(""), True),
        (Value("a" + UNKNOWN), False),
        (Value("*", glob="*"), False),
        (Value("*"), True),
        (literal("x y"), True),
    ],
)
def test_known(value: Value, known: bool) -> None:
    assert value.known is known


def test_values_are_equal_by_content() -> None:
    assert Value("a", sources=("file:/x",)) == Value("a", sources=("file:/x",)) != Value("a")
