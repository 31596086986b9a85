"""Rows of `tool {arguments} => what the call would do`, as tests."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from gateway.model.action import USE
from gateway.model.call import ToolCall
from gateway.tools import actions_of
from tests.shell.rows import ARROW, _told

Effects = dict[str, dict[str, dict[str, list[list[str]]]]]


def told_call(tool: str, arguments: object, effects: Effects | None = None) -> str:
    """Return everything a call would do but for the use of the tool itself, in the rows' words."""
    actions = actions_of(ToolCall(tool, arguments, cwd="/p"), home="/home/u", effects=effects)
    assert actions[0].verb == USE and actions[0].target == tool
    assert all(action.via < index for index, action in enumerate(actions))
    return " · ".join(_told(action) for action in actions[1:]) or "nothing"


def call_rows(text: str, effects: Effects | None = None) -> Callable[[str, str], None]:
    """Return a test that holds every row of a table of calls."""
    pairs = [tuple(line.split(ARROW, 1)) for line in text.strip().splitlines()]

    @pytest.mark.parametrize(("call", "expected"), pairs, ids=[pair[0][:60] for pair in pairs])
    def test_rows(call: str, expected: str) -> None:
        tool, _, arguments = call.partition(" ")
        assert told_call(tool, json.loads(arguments), effects) == expected

    return test_rows
