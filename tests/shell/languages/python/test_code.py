"""Python code as a whole: what cannot be read is opaque, never silent and never an error."""

from __future__ import annotations

import pytest

from gateway.shell.languages.python.code import MAX_CODE, read_python


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("this does not parse", "does not parse"),
        ("a\0b", "does not parse"),
        ("x = " + "(" * 5000 + ")" * 5000, "does not parse"),
        ("x" + " + x" * 50_000, ""),
        ("#" * (MAX_CODE + 1), "too long to read"),
    ],
)
def test_what_cannot_be_read_is_opaque(code: str, why: str) -> None:
    usage = read_python(code)
    assert usage.opaque and why in usage.opaque


def test_what_can_be_read_is_not() -> None:
    usage = read_python("open('x').read()")
    assert not usage.opaque and [effect.value.text for effect in usage.effects] == ["x"]
