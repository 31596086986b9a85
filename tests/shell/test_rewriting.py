"""Laws: a line that bash takes for the same has the same actions, however it is quoted, split or wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.model.action import Action
from gateway.shell import understand

WORDS = (
    "rm",
    "-rf",
    "cat",
    ".env",
    "a b",
    "curl",
    "https://a.example/x",
    "-o",
    "out",
    "git",
    "push",
    "--force",
    "it's",
    'say "x"',
    "$HOME",
    "*",
    "{a,b}",
    "a\\b",
    "~",
    "#x",
    "é",
)


def told(line: str) -> list[tuple[object, ...]]:
    """Return the actions of a line without their places."""
    return [_told(action) for action in understand(line, cwd="/p", home="/home/u")]


def _told(action: Action) -> tuple[object, ...]:
    return (action.verb, action.target, action.words, action.how, action.carries, bool(action.opaque), action.base)


def single(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def double(word: str) -> str:
    return '"' + "".join("\\" + char if char in '"\\$`' else char for char in word) + '"'


def escaped(word: str) -> str:
    return "".join("\\" + char for char in word)


def ansi(word: str) -> str:
    return "$'" + "".join(f"\\x{byte:02x}" for byte in word.encode()) + "'" if word.isascii() else single(word)


def pieces(word: str) -> str:
    return "''".join(single(char) for char in word)


def substituted(word: str) -> str:
    return f'"$(printf %s {single(word)})"'


SPELLINGS = (single, double, escaped, ansi, pieces)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), st.data())
def test_spellings_of_words(words: list[str], data: st.DataObject) -> None:
    """Each word in any quoting is the same word."""
    plain = " ".join(single(word) for word in words)
    other = " ".join(data.draw(st.sampled_from(SPELLINGS))(word) for word in words)
    assert told(other) == told(plain)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.integers(0, 40))
def test_lines_that_go_on(words: list[str], at: int) -> None:
    """A backslash-newline between any two characters outside of quotes is nothing."""
    line = " ".join(escaped(word) for word in words)
    at = min(at, len(line))
    at -= (len(line[:at]) - len(line[:at].rstrip("\\"))) % 2
    assert told(line[:at] + "\\\n" + line[at:]) == told(line)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4),
    st.sampled_from((" ", "\t", "  ", " \\\n ")),
    st.sampled_from(("", ";", "\n", " # rm x", "\n\n", " ;")),
)
def test_blanks_and_ends(words: list[str], blank: str, end: str) -> None:
    line = " ".join(single(word) for word in words)
    assert told(blank.join(single(word) for word in words) + end) == told(line)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.sampled_from(WORDS[:10]), st.sampled_from((";", "\n", " && ", " || ", " & ")))
def test_lists_are_the_sum_of_their_commands(words: list[str], last: str, joint: str) -> None:
    first, second = " ".join(map(single, words)), single(last)
    assert told(first + joint + second) == [*told(first), *told(second)]


GROUPS = (
    "{ %s; }",
    "( %s )",
    "if true; then %s; fi",
    "for _ in 1; do %s; done",
    "case x in *) %s;; esac",
    "f() { %s; }; f",
    "until true; do %s; done",
    "! %s",
    "time %s",
)


@pytest.mark.parametrize("group", GROUPS)
@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_compounds_hide_nothing(group: str, words: list[str]) -> None:
    line = " ".join(map(single, words))
    found = told(group % line)
    assert all(action in found for action in told(line))


INDIRECT = (
    "X=%s; $X",
    "A=(%s); ${A[0]}",
    "eval %s",
    "command %s",
    "env %s",
    "sh -c %s",
    "printf -v X %%s %s; $X",
    "read -r X <<< %s; $X",
    'set -- %s; "$1"',
    "echo %s | sh",
    "alias q=%s; q",
)


@pytest.mark.parametrize("form", INDIRECT)
@pytest.mark.parametrize("program", ["rm", "p1", "git"])
def test_ways_to_name_a_program(form: str, program: str) -> None:
    line = form.replace("%%", "%").replace("%s %s", "%s " + program) if "%%" in form else form % program
    assert program in [action.words[0] for action in understand(line, cwd="/p", home="/home/u") if action.verb == "run"]


def test_a_word_that_is_printed_is_the_word() -> None:
    for word in WORDS:
        ours = [action for action in told(f"cat {substituted(word)}") if action[0] == "read"]
        assert [action[1] for action in ours] == [action[1] for action in told(f"cat {single(word)}") if action[0] == "read"]
