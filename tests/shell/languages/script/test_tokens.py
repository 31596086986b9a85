"""Tokens: names, strings with what is known of them, commands in backticks, marks; what each field of a lexis changes."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.model.action import UNKNOWN
from gateway.shell.languages.script.tokens import Lexis, delimited, interpolated, is_value, tokens


def read(code: str, **fields: Any) -> str:
    """Return the tokens of code as one line: a string in quotes, a command in backticks."""
    out = tokens(Lexis(**fields), code)
    if out is None:
        return "unclosed"
    shown = [f"'{text}'" if kind == "text" else f"`{text}`" if kind == "command" else text for kind, text in out]
    return " ".join(shown).replace(UNKNOWN, "□")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("a.b(1.5, x)", "a . b ( 1.5 , x )"),
        ("a->b::c => d", "a -> b :: c => d"),
        ("$a @b _c @", "$a @b _c @"),
        (r"'a\nb' # c", "'a\nb'"),
        ("`a ${b}`", "'a □'"),
        ('"a', "unclosed"),
        (r'"\x41\u0042"', "'AB'"),
        ("", ""),
    ],
)
def test_tokens(code: str, shown: str) -> None:
    assert read(code) == shown


@pytest.mark.parametrize(
    ("fields", "code", "without", "with_it"),
    [
        ({"comments": ("//", "/*")}, "a /* b */ c // d", "a / * b * / c / / d", "a c"),
        ({"not_comments": ("#[",)}, "#[a]", "", "# [ a ]"),
        ({"quotes": '"'}, "'a'", "'a'", "' a '"),
        ({"raw_quotes": True}, r"'a\n'", "'a\n'", r"'a\n'"),
        ({"triple_quotes": True}, "'''a'b'''", "unclosed", "'a'b'"),
        ({"interpolation": ("$", "${")}, '"a $b ${c} $"', "'a $b ${c} $'", "'a □ □ $'"),
        ({"interpolation": ("#{",)}, '"a #{b} #c"', "'a #{b} #c'", "'a □ #c'"),
        ({"interpolation": ("$",), "home_in_string": "$ENV{HOME}"}, '"$ENV{HOME}/x"', "'$ENV{HOME}/x'", "'~/x'"),
        ({"backtick_commands": True}, "`rm x`", "'rm x'", "`rm x`"),
        ({"regex_literals": True}, "x = /'a/; b / c", "unclosed", "x = ; b / c"),
        ({"dollar_names": True}, "a$b", "a $b", "a$b"),
        ({"word_literal": lambda code, name, end, out: len(code) if name == "q" else 0}, "a q(b)", "a q ( b )", "a"),
        ({"word_literal": lambda code, name, end, out: -1}, "a", "a", "unclosed"),
        ({"mark_literal": lambda code, at, out: len(code) if code[at] == "%" else 0}, "+ %(b)", "+ % ( b )", "+"),
    ],
)
def test_fields(fields: dict[str, Any], code: str, without: str, with_it: str) -> None:
    assert (read(code), read(code, **fields)) == (without, with_it)


def test_a_delimiter_ends_at_its_partner() -> None:
    assert delimited("(a(b)c)d", 0) == ("a(b)c", 7)
    assert delimited("!a\\!b!c", 0) == ("a\\!b", 6)
    assert delimited("(a", 0)[1] == delimited("", 0)[1] == -1


def test_a_value_is_what_a_slash_divides() -> None:
    assert is_value([("name", "x")]) and is_value([("mark", ")")]) and is_value([("text", "")]) and is_value([("mark", "1")])
    assert not is_value([]) and not is_value([("name", "return")]) and not is_value([("mark", "(")])


def test_a_hole_ends_behind_one_member() -> None:
    assert interpolated(Lexis(interpolation=("$",)), "$a->[0]/$b[1] $c{d}e") == f"{UNKNOWN}/{UNKNOWN} {UNKNOWN}e"
