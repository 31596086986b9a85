"""xargs, parallel, watch: programs that start another one again and again, with words that come in. Pure."""

from __future__ import annotations

from gateway.catalog.options import every
from gateway.model.action import UNKNOWN, WRAPPER
from gateway.shell.programs.grammar import option_effects, parse_arguments
from gateway.shell.usage import (
    ALL,
    SOME,
    START_ARGV,
    START_SHELL,
    STDIN_ARGUMENTS,
    STDIN_DATA,
    STDOUT_DATA,
    Start,
    Usage,
)
from gateway.shell.values import Value

_XARGS = every("xargs")


def read_xargs(argv: tuple[Value, ...]) -> Usage:
    """`xargs`: words that come in follow the command, or stand where `-I` says."""
    parsed = parse_arguments(argv, _XARGS, posix=True)
    effects, _ = option_effects(parsed, _XARGS)
    command = parsed.operands or [Value("echo")]
    given = parsed.value("-I", "--replace", "-i", "-J")
    mark = given.text if given is not None and given.text else "{}" if parsed.has("-I", "-i", "--replace") else ""
    filled = tuple(_filled(value, mark) for value in command) if mark else tuple(command)
    few = parsed.has(
        "-n",
        "-L",
        "-l",
        "-d",
        "-0",
        "-s",
        "-E",
        "-e",
        "-a",
        "--null",
        "--delimiter",
        "--max-args",
        "--max-lines",
        "--arg-file",
    )
    start = Start(START_ARGV, argv=filled, extra="" if mark else SOME if few else ALL)
    return Usage(how=(WRAPPER,), effects=tuple(effects), starts=(start,), stdin=STDIN_ARGUMENTS, stdout=STDOUT_DATA)


def _filled(value: Value, mark: str) -> Value:
    if mark not in value.text:
        return value
    return Value(value.text.replace(mark, UNKNOWN), sources=value.sources, splits=True, span=value.span)


_PARALLEL = every("parallel")
_MARKS = ("{}", "{.}", "{/}", "{//}", "{/.}", "{#}", "{%}")


def read_parallel(argv: tuple[Value, ...]) -> Usage:
    """GNU parallel: a shell line, with the words that come in, or that stand behind `:::`."""
    parsed = parse_arguments(argv, _PARALLEL, posix=True)
    effects, _ = option_effects(parsed, _PARALLEL)
    at = next(
        (index for index, value in enumerate(parsed.operands) if value.text.startswith(":::")), len(parsed.operands)
    )
    template, inputs = (
        parsed.operands[:at],
        [value for value in parsed.operands[at:] if not value.text.startswith(":::")],
    )
    stdin = STDIN_DATA if at < len(parsed.operands) else STDIN_ARGUMENTS
    line = " ".join(value.text for value in template)
    sources = tuple(dict.fromkeys(source for value in template for source in value.sources))
    words = [value.text for value in inputs[:50]] if at < len(parsed.operands) else [UNKNOWN]
    starts = tuple(Start(START_SHELL, code=Value(_line(line, word), sources=sources)) for word in words or [UNKNOWN])
    return Usage(how=(WRAPPER,), effects=tuple(effects), starts=starts, stdin=stdin, stdout=STDOUT_DATA)


def _line(template: str, word: str) -> str:
    if any(mark in template for mark in _MARKS):
        for mark in _MARKS:
            template = template.replace(mark, word)
        return template
    return f"{template} {word}" if template else word


def read_watch(argv: tuple[Value, ...]) -> Usage:
    """`watch`: its words are a shell line, or with `-x` a command."""
    options = every(argv[0].text.rpartition("/")[2])
    parsed = parse_arguments(argv, options, posix=True)
    if not parsed.operands:
        return Usage(stdout="")
    if parsed.has("-x", "--exec"):
        start = Start(START_ARGV, argv=tuple(parsed.operands))
    else:
        sources = tuple(dict.fromkeys(source for value in parsed.operands for source in value.sources))
        line = Value(" ".join(value.text for value in parsed.operands), sources=sources, span=parsed.operands[0].span)
        start = Start(START_SHELL, code=line)
    return Usage(how=(WRAPPER,), starts=(start,), stdout=STDOUT_DATA)
