"""An explanation as text."""

from __future__ import annotations

from gateway.authoring.evaluate import Evaluator
from gateway.authoring.explain.output import as_text

EXPECTED = """\
Bash: deny

ls; $X y && rm a.txt
^^
  1 run     ls

ls; $X y && rm a.txt
    ^^^^
  2 run     … y [inline]
      cannot be seen inside: the program is only known when it runs
      ask: commands.deny  policy
        running `… y`: what it touches is only known when it runs, and commands.deny has a say in it
        hint: write the target out
      ask: on_opaque  baseline
        running `… y`: the program is only known when it runs
        hint: write out what is to be run, so that it can be judged

ls; $X y && rm a.txt
            ^^^^^^^^
  3 run     rm a.txt
      deny: commands.deny[0]  policy
        running `rm a.txt` is denied by commands.deny[0]: no
        hint: trash it
    4 write   a.txt [delete]

"""


def told(line: str, policy: object) -> str:
    return as_text(Evaluator(cwd="/p").explain({"tool": "Bash", "input": {"command": line}, "cwd": "/p", "policy": policy}))


def test_a_whole_explanation() -> None:
    text = told("ls; $X y && rm a.txt", {"commands": {"deny": [{"match": "rm", "reason": "no", "hint": "trash it"}]}})
    assert text.rpartition("policy sha256:")[0] == EXPECTED


def test_terminals_are_not_steered() -> None:
    text = told("echo '\x1b[2J\u202e'; ls", {})
    assert "\x1b" not in text and "\u202e" not in text
    assert "echo '·[2J·'; ls\n^^^^^^^^^^^^\n" in text


def test_long_lines_are_cut_around_the_place() -> None:
    text = told("echo " + "a" * 400 + "; rm x", {})
    lines = text.splitlines()
    at = next(index for index, line in enumerate(lines) if line.endswith("; rm x"))
    assert len(lines[at]) < 200 and lines[at][lines[at + 1].index("^") :].startswith("rm x")


def test_what_almost_spoke() -> None:
    text = told("git push", {"commands": {"ask": [{"match": "git push --tags", "id": "tags"}]}})
    assert "near misses:\n" in text and "  ask   commands.ask[0] (tags)" in text
