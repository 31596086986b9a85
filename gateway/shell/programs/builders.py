"""Build tools: they run what the project's own files say. Pure."""

from __future__ import annotations

from gateway.catalog.options import every, exact
from gateway.model.action import RUNNER
from gateway.shell.programs.grammar import option_effects, parse_arguments
from gateway.shell.programs.placing import cmake_tool
from gateway.shell.usage import START_ARGV, START_CODE, START_SHELL, STDIN_CODE, STDOUT_DATA, Start, Usage
from gateway.shell.values import Value

_MAKE = exact("make")
_COMMANDS = ("SHELL", "CC", "CXX", ".SHELLFLAGS", "MAKE", "AR", "LD")


def read_make(argv: tuple[Value, ...]) -> Usage:
    """`make`: targets of the project; `SHELL=` and `--eval` are code from the line."""
    parsed = parse_arguments(argv, _MAKE)
    effects, starts = option_effects(parsed, _MAKE)
    for value in parsed.operands:
        name, equals, text = value.text.partition("=")
        if equals and name.rstrip(":+?") in _COMMANDS and text not in ("/bin/sh", "/bin/bash", "bash", "sh"):
            starts.append(Start(START_SHELL, code=Value(text, sources=value.sources, span=value.span)))
    starts += [
        Start(START_SHELL, code=Value(code, sources=value.sources, span=value.span))
        for value in argv[1:]
        for code in shell_calls(value.text)
    ]
    stdin = (
        STDIN_CODE
        if any(value.text in ("-", "/dev/stdin", "/dev/fd/0") for value in parsed.values("-f", "--file", "--makefile"))
        else ""
    )
    return Usage(
        how=(RUNNER,),
        effects=tuple(effects),
        starts=tuple(starts),
        stdin=stdin,
        stdin_language="make",
        stdout=STDOUT_DATA,
    )


def shell_calls(text: str) -> list[str]:
    """Return what `$(shell …)` runs in a word that make expands."""
    calls = []
    at = text.find("(shell ")
    while at >= 0:
        level, end = 1, at + 7
        while end < len(text) and level:
            level += (text[end] == "(") - (text[end] == ")")
            end += 1
        calls.append(text[at + 7 : end - 1 if not level else end])
        at = text.find("(shell ", at + 7)
    return calls


def read_cmake(argv: tuple[Value, ...]) -> Usage:
    """`cmake`: `-P` runs a script, `-E` a small command."""
    options = every("cmake")
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    starts += cmake_tool(argv)
    return Usage(how=(RUNNER,), effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)


def read_runner(argv: tuple[Value, ...]) -> Usage:
    """`gradle`, `mvn`, `ninja`, `rake`: targets of the project."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options)
    effects, starts = option_effects(parsed, options)
    kept = [start for start in starts if start.kind != START_CODE or argv[0].text.endswith("rake")]
    return Usage(how=(RUNNER,), effects=tuple(effects), starts=tuple(kept), stdout=STDOUT_DATA)


def read_just(argv: tuple[Value, ...]) -> Usage:
    """`just` and `task`: recipes; `just --command` starts a program."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options, posix=True)
    effects, starts = option_effects(parsed, options)
    if parsed.has("-c", "--command") and parsed.operands:
        starts.append(Start(START_ARGV, argv=tuple(parsed.operands)))
    return Usage(how=(RUNNER,), effects=tuple(effects), starts=tuple(starts), stdout=STDOUT_DATA)
