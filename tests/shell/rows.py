"""Rows of `command line => what it would do`, as tests: one row a line, `⏎` for a newline in the command."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gateway.model.action import RUN, UNKNOWN, Action
from gateway.shell import understand

ARROW = " => "


def told(line: str) -> str:
    """Return everything a command line would do, in the rows' words."""
    return " · ".join(_told(action) for action in understand(line, cwd="/p", home="/home/u"))


def _told(action: Action) -> str:
    words = [action.verb]
    if action.verb == RUN:
        words.append(" ".join(action.words))
    else:
        words.append(action.target)
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
    """Return a test that holds every row of a table."""
    pairs = [tuple(line.split(ARROW, 1)) for line in text.strip().splitlines()]

    @pytest.mark.parametrize(("line", "expected"), pairs, ids=[pair[0][:60] for pair in pairs])
    def test_rows(line: str, expected: str) -> None:
        assert told(line.replace("⏎", "\n")) == expected

    return test_rows
