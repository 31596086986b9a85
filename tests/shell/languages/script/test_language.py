"""A language as data: its tables, and the defaults of one that declares nothing."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table, spelled
from gateway.shell.languages.script.reader import read_script
from gateway.shell.languages.script.tokens import Lexis


def test_a_table_gives_every_name_what_its_row_says() -> None:
    assert calls_table("a b.c : read\nd : read+write@1") == {"a": "read", "b.c": "read", "d": "read+write@1"}


def test_a_sequence_is_split_at_blanks() -> None:
    assert spelled("os . homedir (", "a") == (["os", ".", "homedir", "("], ["a"])


def test_a_language_is_a_value() -> None:
    assert Language("toy", Lexis(), {}) == Language("toy", Lexis(), {})
    assert Language("toy", Lexis(), {}) != Language("toy", Lexis(raw_quotes=True), {})


def test_a_language_that_declares_nothing_does_nothing() -> None:
    usage = read_script(Language("toy", Lexis(), {}), "eval('x'); system('rm x'); $f('x'); x[1]('y')")
    assert (usage.effects, usage.starts, usage.opaque) == ((), (), "")
