"""One simple command: the shell's own commands and functions followed here, programs handed to the table. Pure."""

from __future__ import annotations

from gateway.catalog.environment_variables import AS_OPTIONS
from gateway.model.action import DATA, INLINE, RUN, UNKNOWN, Action
from gateway.shell.interpreter.builtins import BUILTINS, HARMLESS
from gateway.shell.interpreter.code_execution import run_file
from gateway.shell.interpreter.program_effects import run_usage
from gateway.shell.interpreter.scope import SILENCE, Stream, joined, union
from gateway.shell.programs import read_program
from gateway.shell.usage import START_FILE, Start
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.interpreter.scope import Scope
    from gateway.shell.syntax.ast import Function

MAX_CALLS = 8
"""How deep functions that call each other are followed."""


def run_command(
    walker: Interpreter,
    argv: tuple[Value, ...],
    scope: Scope,
    stdin: Stream,
    span: tuple[int, int],
    *,
    own: bool = True,
) -> Stream:
    """Walk one command given its words; `own` commands may be functions and aliases of this shell."""
    program = argv[0]
    name = program.text
    if UNKNOWN in name or (program.glob and not program.text.endswith("[")):
        return _unknown_program(walker, argv, scope, stdin, span)
    if not name and program.sources:
        return Stream(None, program.sources)
    if own:
        if name in scope.aliases and not walker.full:
            _alias(walker, argv, scope, stdin)
        function = scope.functions.get(name)
        if function is not None:
            streams = [_function(walker, item, argv, scope, stdin, span) for item in function if item is not None]
            if None not in function:
                return joined(streams) if len(streams) != 1 else streams[0]
        if name in scope.hashed:
            argv = (scope.hashed[name], *argv[1:])
            name = argv[0].text
    return _program(walker, argv, scope, stdin, span)


def _program(
    walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, span: tuple[int, int]
) -> Stream:
    """Walk a builtin of the shell or a program."""
    name = argv[0].text
    argv = _with_variables(argv, scope)
    builtin = BUILTINS.get(name)
    how = (DATA,) if builtin is not None and name in HARMLESS else ()
    index = walker.action(_run(walker, argv, how, span))
    if builtin is not None:
        return builtin(walker, argv, scope, stdin, index)
    if scope.files:
        _written_program(walker, argv, scope, stdin, index)
    if name in ("test", "["):
        for option, value in zip(argv[1:], argv[2:], strict=False):
            if option.text in ("-v", "-R"):
                walker.calculated(value.text, scope)
    usage = read_program(argv)
    if usage.how:
        walker.actions[index] = _with_how(walker.actions[index], usage.how)
    if usage.output is not None and name == "printf" and len(argv) > 1 and argv[1].text.startswith("-v"):
        return _stored(walker, argv, scope, usage.output)
    return run_usage(walker, usage, argv, scope, stdin, index)


def _with_variables(argv: tuple[Value, ...], scope: Scope) -> tuple[Value, ...]:
    """Return the words of a program with the options that exported variables stand for: `GIT_WORK_TREE=D git checkout
    .`.
    """
    known = AS_OPTIONS.get(argv[0].text.rpartition("/")[2].rstrip("0123456789.")) if scope.exported else None
    added = []
    for name, option in (known or {}).items():
        values = scope.variables.get(name) if name in scope.exported else None
        if values and values[0].text:
            added.append(Value(f"{option}={values[0].text}", sources=values[0].sources, span=values[0].span))
    return (argv[0], *added, *argv[1:])


def _with_how(action: Action, how: tuple[str, ...]) -> Action:
    """Return a run with the manner that the table tells, besides what is known of it already."""
    kept = tuple(item for item in action.how if item not in how)
    return Action(
        RUN,
        action.target,
        opaque=action.opaque,
        carries=action.carries,
        words=action.words,
        how=how + kept,
        via=action.via,
        span=action.span,
    )


def _stored(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, output: Value) -> Stream:
    """`printf -v NAME`: the variable takes what it would have printed."""
    name = argv[2].text if argv[1].text == "-v" else argv[1].text[2:]
    if "[" in name:
        walker.calculated(name.partition("[")[2], scope)
    known = UNKNOWN not in output.text and "[" not in name
    scope.put(name.partition("[")[0], (output,) if known else (Value(UNKNOWN, sources=output.sources, splits=True),))
    return SILENCE


def _written_program(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> None:
    """A program that the line itself wrote: run by its path, or by its name when the line changes where programs are
    found.
    """
    file = argv[0]
    if "/" not in file.text:
        if "PATH" not in scope.variables:
            return
        path = next((path for path in scope.files if path.endswith("/" + file.text)), None)
        if path is None:
            return
        file = Value(path, span=file.span)
    written = scope.files.get(walker.path(file, scope))
    if written is not None:
        language = _shebang(written.text or "")
        run_file(
            walker, Start(START_FILE, code=file, language=language, argv=argv[1:]), scope, stdin, index, written.sources
        )


def _shebang(text: str) -> str:
    """Return the language that the first line of a script asks for."""
    first = text.partition("\n")[0]
    if not first.startswith("#!"):
        return "sh"
    from gateway.shell.programs.languages import LANGUAGES

    words = first[2:].replace("/usr/bin/env", "").replace("-S", "").split()
    name = words[0].rpartition("/")[2].rstrip("0123456789.") if words else "sh"
    return (
        LANGUAGES[name].language
        if name in LANGUAGES
        else "awk"
        if name.endswith("awk")
        else "sed"
        if name == "sed"
        else "sh"
    )


def _run(walker: Interpreter, argv: tuple[Value, ...], how: tuple[str, ...], span: tuple[int, int]) -> Action:
    words = tuple(value.text for value in argv)
    remote = ("remote",) if walker.remote else ()
    return Action(RUN, words[0], words=words, how=how + remote, via=walker.via, span=walker.span or span)


def _unknown_program(
    walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, span: tuple[int, int]
) -> Stream:
    """A program whose name is only known when it runs."""
    sources = union(argv[0].sources)
    index = walker.action(_run(walker, argv, (INLINE,), span))
    walker.hide(index, "the program is only known when it runs", sources)
    for value in argv[1:]:
        if value.text.startswith(("/", "~/", "./", "../")) and UNKNOWN not in value.text:
            walker.read(value, (), scope)
    return Stream(None, union(stdin.sources, ("unknown:program",)))


def _alias(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream) -> None:
    """Walk what an alias stands for too: whether aliases are on cannot be told from the line."""
    text = scope.aliases[argv[0].text]
    inner = scope.copy()
    inner.aliases.pop(argv[0].text, None)
    rest = " ".join(_quoted(value.text) for value in argv[1:])
    walker.text(f"{text} {rest}", inner, stdin)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'" if UNKNOWN not in text else '"$_"'


def _function(
    walker: Interpreter, function: Function, argv: tuple[Value, ...], scope: Scope, stdin: Stream, span: tuple[int, int]
) -> Stream:
    """Walk the body of a function that the line defines."""
    if walker.nesting >= MAX_CALLS:
        index = walker.action(_run(walker, argv, (INLINE,), span))
        walker.hide(index, "a function that calls itself", ())
        return Stream(None, ("unknown:function",))
    walker.nesting += 1
    before, outer, jumps = scope.positional, scope.locals, walker.jumps
    entered = scope.copy()
    scope.positional = argv[1:] if not any(value.splits for value in argv) else None
    scope.locals = {}
    stream = walker.node(function.body, scope, stdin)
    if walker.jumps != jumps:
        scope.forget(entered)
    for name, values in scope.locals.items():
        scope.variables[name] = values
    scope.positional, scope.locals = before, outer
    walker.nesting -= 1
    return stream
