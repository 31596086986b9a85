"""Values of settings that are command lines: which of them are no news."""

from __future__ import annotations

import pytest

from gateway.model.action import READ, RUN, Action
from gateway.shell.settings import is_ordinary, is_plain


def run(line: str, *, opaque: str = "") -> Action:
    words = tuple(line.split())
    return Action(RUN, words[0], words=words, opaque=opaque)


@pytest.mark.parametrize(
    ("line", "ordinary"),
    [
        ("less", True),
        ("less -FRX", True),
        ("/usr/bin/vim", True),
        ("code --wait", True),
        ("true", True),
        ("./less", False),
        ("/tmp/less", False),
        ("/usr/bin/../../tmp/less", False),
        ("cat .env", False),
        ("less +!id", False),
        ("vim -u NONE", False),
        ("less --log-file=x", False),
        ("rm", False),
        ("sh -c id", False),
    ],
)
def test_editors_and_pagers(line: str, ordinary: bool) -> None:
    assert is_ordinary([run(line)]) is ordinary
    assert is_plain(line) is ordinary


@pytest.mark.parametrize(
    ("line", "ordinary"),
    [("gcc -O2 -Iinclude", True), ("clang-17", True), ("aarch64-linux-gnu-g++", True), ("./gcc", False), ("rm -rf x", False), ("sh", False)],
)
def test_compilers(line: str, ordinary: bool) -> None:
    assert is_ordinary([run(line)], compiles=True) is ordinary


def test_whatever_else_is_done_is_news() -> None:
    assert not is_ordinary([run("cat"), Action(READ, ".env")])
    assert not is_ordinary([run("less"), run("id")])
    assert not is_ordinary([run("cat", opaque="unknown")])
    assert not is_ordinary([])


@pytest.mark.parametrize("text", ["", " ", "less; id", "less $X", "less `id`", "less | id", "'less'", "cat\nid", "!cat"])
def test_what_a_shell_makes_more_of_is_not_plain(text: str) -> None:
    assert not is_plain(text)
