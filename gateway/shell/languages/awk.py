"""awk by its one call and its redirections (POSIX awk, "Output Statements" and "Input Functions and getline"). Pure."""

from __future__ import annotations

from gateway.model.action import READ, UNKNOWN, WRITE
from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import MARK, NAME, TEXT, Lexis
from gateway.shell.usage import START_SHELL, Effect, Start
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.languages.script.language import Reading

_MAX_STATEMENT = 40
"""How many tokens before a redirection its `print` is looked for."""
_OWN_STREAMS = ("/dev/stdout", "/dev/stderr")


def _on_mark(reading: Reading, at: int, mark: str) -> None:
    """`print > "file"`, `print | "cmd"`, `"cmd" | getline`, `getline line < "file"`; gawk's `|&` is a pipe both
    ways.
    """
    if mark == "|":
        _pipe(reading, at)
    elif mark == "<":
        if "getline" in (reading.mark(at - 1), reading.mark(at - 2)):
            reading.effects.append(Effect(READ, Value(reading.text(at + 1)[0] or UNKNOWN)))
    elif mark in (">", ">>") and _prints(reading, at):
        if reading.kind(at + 1) == TEXT:
            file = reading.tokens[at + 1][1]
            if not file.startswith(_OWN_STREAMS):
                reading.effects.append(Effect(WRITE, Value(file)))
        elif reading.kind(at + 1) in (NAME, MARK) and reading.mark(at + 1) in ("$", "("):
            reading.effects.append(Effect(WRITE, Value(UNKNOWN)))


def _pipe(reading: Reading, at: int) -> None:
    following = reading.mark(at + 1)
    if following == "getline" or (following == "&" and reading.mark(at + 2) == "getline"):
        line = reading.tokens[at - 1][1] if reading.kind(at - 1) == TEXT else UNKNOWN
        reading.starts.append(Start(START_SHELL, code=Value(line)))
    elif reading.kind(at + 1) == TEXT:
        reading.starts.append(Start(START_SHELL, code=Value(reading.tokens[at + 1][1])))
    elif _prints(reading, at):
        reading.hide("it prints into a program that is only known when it runs")


def _prints(reading: Reading, at: int) -> bool:
    """Whether the statement that a mark stands in prints, outside parentheses."""
    depth = 0
    for place in range(at - 1, max(at - _MAX_STATEMENT, -1), -1):
        text = reading.mark(place)
        if text == ")":
            depth += 1
        elif text == "(":
            depth -= 1
        if depth < 0 or text in (";", "{", "}"):
            return False
        if text in ("print", "printf"):
            return True
    return False


LANGUAGE = Language(
    "awk",
    Lexis(regex_literals=True),
    calls_table("system : shell"),
    bare_calls=True,
    options_behind_command=True,
    joins=(),
    on_mark=_on_mark,
)
