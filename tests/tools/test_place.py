"""What a line or a piece of code would do, counted from where its actions will stand."""

from __future__ import annotations

from gateway.model.action import CONNECT, READ, RUN
from gateway.tools.place import Place, moved, understood, understood_code

PLACE = Place("/p", "/h", {})


def test_a_line() -> None:
    assert [(action.verb, action.target) for action in understood("cat x", cwd="/p", home="/h")] == [(RUN, "cat"), (READ, "x")]


def test_code_stands_behind_what_is_there() -> None:
    actions = understood_code("javascript", "fetch('http://x.example/')", PLACE, 2)
    assert [(action.verb, action.target) for action in actions] == [(RUN, "javascript"), (CONNECT, "http://x.example/")]


def test_what_starts_what_is_counted_behind_the_tool_and_what_is_there() -> None:
    line = understood("sudo cat x", cwd="/p", home="/h")
    assert [action.via for action in line] != [action.via for action in moved(line, 3)]
    assert [action.via + 4 for action in line if action.via >= 0] == [action.via for action in moved(line, 3) if action.via >= 0]


def test_a_relative_path_keeps_the_folder_it_was_understood_in() -> None:
    line = understood("cat x /y", cwd="/q", home="/h")
    assert [(action.target, action.base) for action in moved(line, 0, base="/q") if action.verb == READ] == [("x", "/q"), ("/y", "")]
