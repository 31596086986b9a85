"""What an explanation says: the commands, where they stand, what each would do, and who spoke."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.authoring.evaluate import Evaluator
from gateway.authoring.explain.run import command_text
from gateway.model.action import READ, Action
from gateway.model.call import ToolCall


def explained(line: str, **more: Any) -> dict[str, Any]:
    return Evaluator(cwd="/p").explain({"tool": "Bash", "input": {"command": line}, "cwd": "/p", "policy": {}, **more})


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("ls; rm x", ["ls", "rm x"]),
        ("echo $(rm x) y", ["rm x", "echo $(rm x) y"]),
        ("echo `rm x`", ["`rm x`", "echo `rm x`"]),
        ("sh -c 'rm x; ls'", ["sh -c 'rm x; ls'", "'rm x; ls'", "'rm x; ls'"]),
        ("sudo rm x", ["sudo rm x", "sudo rm x"]),
        ("a |\nb", ["a", "b"]),
        ("cat <<E\n$(rm x)\nE\nls", ["$(rm x)\nE\n", "cat <<E", "ls"]),
    ],
)
def test_places_of_commands(line: str, places: list[str]) -> None:
    assert [line[slice(*command["span"])] for command in explained(line)["commands"]] == places


def test_every_action_stands_with_its_command() -> None:
    data = explained("cat a < b; cp c d | tee e")
    assert [(command["words"][0], [action["target"] for action in command["actions"]]) for command in data["commands"]] == [
        ("cat", ["b", "a"]),
        ("cp", ["c", "d", "d/c"]),
        ("tee", ["e"]),
    ]


def test_lines_and_columns() -> None:
    commands = explained("ls\n  rm x")["commands"]
    assert [(command["line"], command["column"]) for command in commands] == [(1, 1), (2, 3)]


def test_what_is_opaque_and_why() -> None:
    command = explained("$X y")["commands"][0]
    assert command["opaque"] and command["why_opaque"] == "the program is only known when it runs"


def test_who_spoke_and_who_almost_did() -> None:
    data = explained("git push; rm -rf /", policy={"commands": {"deny": [{"match": "git push", "id": "forced", "with": ["--force"]}]}})
    assert data["effect"] == "deny"
    assert any("delete-system" in reason["rule"] and reason["source"] for reason in data["commands"][1]["actions"][0]["reasons"])
    almost = [reason["rule"] for reason in data["almost"]]
    assert "commands.deny[0] (forced)" in almost and not any("delete-system" in rule for rule in almost)


def test_other_tools_have_no_places() -> None:
    data = Evaluator(cwd="/p").explain({"tool": "Read", "input": {"file_path": ".env"}, "cwd": "/p", "policy": {}})
    assert data["commands"] == [] and data["text"] == ""
    assert [(action["verb"], action["target"], action["line"]) for action in data["actions"]] == [("use", "Read", 0), ("read", ".env", 0)]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [({"command": "cat a"}, "cat a"), ({"command": "cat a", "description": "x"}, "cat a"), ({"n": 1}, ""), ("cat a", "cat a"), (None, "")],
)
def test_the_text_that_places_are_places_in(arguments: object, text: str) -> None:
    call = ToolCall("Bash", arguments, actions=(Action(READ, "a", span=(4, 5)),))
    assert command_text(call) == text
