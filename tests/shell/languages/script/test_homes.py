"""The home folder as a language declares it."""

from __future__ import annotations

import pytest

from gateway.shell.languages.script.homes import home_at
from gateway.shell.languages.script.language import Language, spelled
from gateway.shell.languages.script.tokens import Lexis, tokens

TOY = Language("toy", Lexis(), {}, homes=spelled("env [ HOME ]", "home ( )"), expanded=spelled("full ("))


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("env['HOME'] + x", ("~", 4)),
        ("home()", ("~", 3)),
        ("full('~/x') + y", ("~/x", 4)),
        ("full(x)", ("", 0)),
        ("full('~/x', y)", ("", 0)),
        ("env['PATH']", ("", 0)),
        ("env[", ("", 0)),
        ("full(", ("", 0)),
    ],
)
def test_homes(code: str, place: tuple[str, int]) -> None:
    written = tokens(TOY.lexis, code)
    assert written is not None and home_at(TOY, written, 0) == place


def test_none_declared_none_known() -> None:
    assert home_at(Language("toy", Lexis(), {}), [("name", "home"), ("mark", "("), ("mark", ")")], 0) == ("", 0)
