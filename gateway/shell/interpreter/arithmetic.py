"""Arithmetic evaluation of text: a subscript in it may hold a command, and a name in it a value that does. Pure;
bash(1), ARITHMETIC EVALUATION.
"""

from __future__ import annotations

from gateway.shell.syntax.characters import LETTERS, NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.interpreter.scope import Scope

MAX_DEPTH = 4
"""How many values of values are looked into."""


def evaluate(walker: Interpreter, text: str, scope: Scope, depth: int = 0) -> None:
    """Walk the commands that bash runs when it evaluates a text as arithmetic."""
    if "$" in text or "`" in text:
        walker.quoted(text, scope)
    if depth >= MAX_DEPTH:
        return
    for name in names_in(text):
        for value in scope.variables.get(name) or ():
            if "[" in value.text or value.text[:1] in LETTERS:
                evaluate(walker, value.text, scope, depth + 1)


def names_in(text: str) -> list[str]:
    """Return the names that stand in a text, each once, in order."""
    names: dict[str, None] = {}
    at = 0
    while at < len(text):
        if text[at] in LETTERS:
            end = at + 1
            while end < len(text) and text[end] in NAME:
                end += 1
            names[text[at:end]] = None
            at = end
        else:
            at += 1
    return list(names)


def assigned_in(text: str) -> list[str]:
    """Return the names that an arithmetic text may give a new value."""
    for comparison in ("==", "<=", ">=", "!="):
        text = text.replace(comparison, " ")
    return names_in(text) if "=" in text or "++" in text or "--" in text else []
