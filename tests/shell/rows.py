"""Rows of `command line => what it would do`, as tests: one row a line, `⏎` for a newline in the command."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gateway.model.action import RUN, UNKNOWN, Action
from gateway.shell import understand, understand_code

ARROW = " => "


def told(line: str) -> str:
    """Return everything a command line would do, in the rows' words."""
    return " · ".join(_told(action) for action in understand(line, cwd="/p", home="/home/u")) or "nothing"


def told_code(language: str, code: str) -> str:
    """Return everything a piece of code would do, in the rows' words."""
    return " · ".join(_told(action) for action in understand_code(language, code, cwd="/p", home="/home/u"))


def _told(action: Action) -> str:
    words = [action.verb, " ".join(action.words) if action.verb == RUN else action.target]
    if action.base:
        words.append(f"@{action.base}")
    if action.how:
        words.append(f"[{','.join(action.how)}]")
    if action.carries:
        words.append(f"<{','.join(action.carries)}>")
    if action.opaque:
        words.append("OPAQUE")
    return " ".join(words).replace(UNKNOWN, "□").replace("\n", "⏎")


def rows(text: str) -> Callable[[str, str], None]:
    """Return a test that holds every row of a table of command lines."""
    return _tested(text, told)


def code_rows(language: str, text: str) -> Callable[[str, str], None]:
    """Return a test that holds every row of a table of code."""
    return _tested(text, lambda code: told_code(language, code))


def _tested(text: str, tell: Callable[[str], str]) -> Callable[[str, str], None]:
    pairs = [tuple(line.split(ARROW, 1)) for line in text.strip().splitlines()]

    @pytest.mark.parametrize(("line", "expected"), pairs, ids=[pair[0][:60] for pair in pairs])
    def test_rows(line: str, expected: str) -> None:
        assert tell(line.replace("⏎", "\n")) == expected

    return test_rows
