"""What the shell does itself: its builtin commands, followed for what they change and what they run. Pure; bash(1),
SHELL BUILTIN COMMANDS.
"""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.model.paths import absolute
from gateway.shell.interpreter.arithmetic import evaluate
from gateway.shell.interpreter.code_execution import run_file, run_inner, run_stdin, run_text, written_file
from gateway.shell.interpreter.declarations import declare, unset
from gateway.shell.interpreter.scope import SILENCE, TERMINAL, Stream, union
from gateway.shell.usage import START_FILE, Start
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.interpreter.scope import Scope

    Builtin = Callable[[Interpreter, tuple[Value, ...], Scope, Stream, int], Stream]


def _nothing(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, argv, scope, stdin, index
    return SILENCE


def _lost(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, argv, stdin, index
    scope.moved = True
    scope.cwd = UNKNOWN
    return Stream(None)


def _printing(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """A builtin that changes nothing but prints something of the shell's own."""
    del walker, argv, scope, stdin, index
    return Stream(None)


def _jump(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`break`, `continue`, `return`: what stands behind them may not run."""
    del argv, scope, stdin, index
    walker.jumps += 1
    return SILENCE


def _cd(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    folders = [value for value in argv[1:] if not (value.text.startswith("-") and len(value.text) > 1)]
    scope.moved = True
    if not folders:
        scope.cwd = scope.home
    elif (
        len(folders) > 1
        or UNKNOWN in folders[0].text
        or folders[0].glob
        or folders[0].text == "-"
        or ("CDPATH" in scope.variables and not folders[0].text.startswith(("/", "./", "../")))
    ):
        scope.cwd = UNKNOWN
    elif scope.cwd.startswith("/"):
        scope.cwd = absolute(folders[0].text, scope.cwd, scope.home)
    elif folders[0].text.startswith(("/", "~")):
        scope.cwd = absolute(folders[0].text, "/", scope.home)
    return SILENCE if argv[0].text == "cd" and folders and folders[0].text != "-" else Stream(None)


def _set(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`set`: positional parameters, and `-a`, which exports whatever is assigned from here on."""
    del walker, stdin, index
    if len(argv) == 1:
        return Stream(None, ("environment:",))
    rest = list(argv[1:])
    while rest and rest[0].text[:1] in ("-", "+") and len(rest[0].text) > 1:
        text = rest.pop(0).text
        if text == "--":
            scope.positional = tuple(rest)
            return SILENCE
        if text[0] == "-" and ("a" in text[1:] or (text.endswith("o") and rest and rest[0].text == "allexport")):
            scope.exported.add("*")
        if text.endswith("o") and rest:
            rest.pop(0)
    if rest:
        scope.positional = tuple(rest[1:] if rest[0].text == "-" else rest)
    return SILENCE


def _shift(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    known = len(argv) < 2 or argv[1].text.isdigit()
    count = int(argv[1].text) if len(argv) > 1 and known else 1
    scope.positional = scope.positional[count:] if scope.positional is not None and known else None
    return SILENCE


def _read(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`read`, `mapfile`: variables take what comes in; a callback runs."""
    many = argv[0].text != "read"
    plain = all(value.text in ("-r", "-s") for value in argv[1:] if value.text.startswith("-"))
    for option, value in zip(argv[1:], argv[2:], strict=False):
        if many and option.text == "-C":
            run_text(
                walker,
                Value(value.text + " 0 x", sources=value.sources, span=value.span),
                scope.copy(),
                TERMINAL,
                index,
            )
    names = [value.text for value in argv[1:] if not value.text.startswith("-")] or ["MAPFILE" if many else "REPLY"]
    text = stdin.text if plain and not many and len(names) == 1 and scope.splits_plainly() else None
    only = text.split("\n")[0].strip() if text is not None and "\\" not in text and text.count("\n") <= 1 else None
    for name in names:
        if "[" in name:
            evaluate(walker, name.partition("[")[2], scope)
        value = Value(UNKNOWN if only is None else only, sources=stdin.sources, splits=only is None)
        scope.put(name.partition("[")[0], (value,))
    return SILENCE


def _source(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`source FILE`: runs a file here."""
    rest = [value for value in argv[1:] if value.text != "--"]
    if not rest:
        return SILENCE
    file = rest[0]
    if file.text.startswith("/dev/fd/"):
        walker.hide(index, "what it runs is only known when it runs", file.sources)
        return Stream(None, ("unknown:shell",))
    if file.text in ("/dev/stdin", "-"):
        return run_stdin(walker, "sh", scope, stdin, index)
    sources = walker.read(file, (), scope)
    written = written_file(walker, file, scope)
    if written is None or written.text is None:
        return run_file(walker, Start(START_FILE, code=file, language="sh"), scope, stdin, index, sources)
    before = scope.positional
    scope.positional = tuple(rest[1:]) or before
    stream = run_text(walker, Value(written.text, sources=written.sources, span=file.span), scope, stdin, index)
    scope.positional = before
    return stream


def _set_alias(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    for value in argv[1:]:
        name, equals, text = value.text.partition("=")
        if equals:
            scope.aliases[name] = text
    return Stream(None)


def _exec(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    rest = list(argv[1:])
    while rest and rest[0].text.startswith("-"):
        option = rest.pop(0).text
        if option.endswith("a") and option != "--" and rest:
            rest.pop(0)
    return run_inner(walker, tuple(rest), scope, stdin, index) if rest else Stream(None, ("unknown:shell",))


def _command(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`command` and `builtin`: run what follows; with `-v` they only look."""
    rest = list(argv[1:])
    while rest and rest[0].text.startswith("-"):
        if any(char in rest[0].text for char in "vV"):
            return Stream(None, ("unknown:names",))
        rest.pop(0)
    return run_inner(walker, tuple(rest), scope, stdin, index)


def _hash(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`hash -p FILE NAME`: the name runs the file from here on."""
    del walker, stdin, index
    if len(argv) > 3 and argv[1].text == "-p":
        scope.hashed = {**scope.hashed, **{value.text: argv[2] for value in argv[3:]}}
    return Stream(None)


def _binding(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`bind -x 'keys: line'`, `complete -C line`: a line that a key starts later."""
    del stdin
    for option, value in zip(argv[1:], argv[2:], strict=False):
        if option.text in ("-x", "-C", "-c"):
            code = value.text.partition(":")[2] if option.text == "-x" else value.text
            run_text(walker, Value(code, sources=value.sources, span=value.span), scope.copy(), TERMINAL, index)
    return Stream(None)


def _enable(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`enable -f FILE NAME`: loads code into the shell."""
    del stdin
    for option, value in zip(argv[1:], argv[2:], strict=False):
        if option.text.startswith("-") and option.text.endswith("f"):
            walker.hide(index, "it loads code into the shell", walker.read(value, (), scope))
    return Stream(None)


def _let(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`let`: arithmetic, with all that it may run and set."""
    del stdin, index
    for value in argv[1:]:
        walker.calculated(value.text, scope)
    return SILENCE


def _getopts(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    for name in ("OPTARG", "OPTIND", *(value.text for value in argv[2:3])):
        scope.put(name, None)
    return SILENCE


def _again(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`fc`: runs lines of the history again, or an editor on them."""
    del stdin
    if not any(value.text.startswith("-") and "l" in value.text for value in argv[1:]):
        walker.hide(index, "it runs lines of the history", ())
    for option, value in zip(argv[1:], argv[2:], strict=False):
        if option.text == "-e" and value.text != "-":
            run_text(
                walker, Value(value.text + " x", sources=value.sources, span=value.span), scope.copy(), TERMINAL, index
            )
    return Stream(None, ("unknown:history",))


def _eval(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    words = argv[2:] if len(argv) > 1 and argv[1].text == "--" else argv[1:]
    return run_text(
        walker,
        Value(" ".join(value.text for value in words), sources=union(*(value.sources for value in words))),
        scope,
        stdin,
        index,
    )


def _trap(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    words = [value for value in argv[1:] if value.text != "--"]
    if len(words) > 1 and not words[0].text.startswith("-") and words[0].text:
        run_text(walker, words[0], scope.copy(), stdin, index)
    return Stream(None)


def _pwd(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, argv, stdin, index
    return Stream(None if UNKNOWN in scope.cwd else scope.cwd + "\n")


def _history(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del stdin, index
    for option, file in zip(argv[1:], argv[2:], strict=False):
        if option.text in ("-w", "-a"):
            walker.write(file, (), scope, SILENCE)
        elif option.text in ("-r", "-n"):
            walker.read(file, (), scope)
    return Stream(None, ("unknown:history",))


BUILTINS: dict[str, Builtin] = {
    **dict.fromkeys(": true false exit wait bg fg disown logout suspend shopt compopt".split(), _nothing),
    **dict.fromkeys("break continue return".split(), _jump),
    **dict.fromkeys("jobs umask ulimit times caller dirs".split(), _printing),
    **dict.fromkeys("cd chdir pushd".split(), _cd),
    "popd": _lost,
    "pwd": _pwd,
    **dict.fromkeys("export declare typeset local readonly".split(), declare),
    "unset": unset,
    "set": _set,
    "shift": _shift,
    **dict.fromkeys("read mapfile readarray".split(), _read),
    "getopts": _getopts,
    "let": _let,
    "eval": _eval,
    **dict.fromkeys(("source", "."), _source),
    "trap": _trap,
    "alias": _set_alias,
    "unalias": _nothing,
    "exec": _exec,
    **dict.fromkeys("command builtin noglob nocorrect".split(), _command),
    "hash": _hash,
    **dict.fromkeys("bind complete compgen".split(), _binding),
    "enable": _enable,
    "fc": _again,
    "history": _history,
}
"""What the shell does itself."""

HARMLESS = frozenset(BUILTINS) - {
    "eval",
    "source",
    ".",
    "trap",
    "history",
    "bind",
    "complete",
    "compgen",
    "enable",
    "fc",
}
"""Builtins that do nothing outside the shell by themselves; what they start is walked and judged on its own."""
