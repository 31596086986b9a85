"""One simple command: shell builtins and functions followed here, programs handed to the table. Pure."""

from __future__ import annotations

from gateway.model.action import DATA, INLINE, RUN, UNKNOWN, Action
from gateway.model.paths import absolute
from gateway.shell.assigning import note_assignment
from gateway.shell.environment import changes_programs
from gateway.shell.programs import read_program
from gateway.shell.programs_run import run_usage
from gateway.shell.scope import SILENCE, Stream, union
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.shell.scope import Scope
    from gateway.shell.walk import Walker

    Builtin = Callable[["Walker", tuple[Value, ...], Scope, Stream, int], Stream]


def run_command(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, span: tuple[int, int]) -> Stream:
    """Walk one command given its words."""
    program = argv[0]
    name = program.text
    if UNKNOWN in name or (program.glob and not program.text.endswith("[")):
        return _unknown_program(walker, argv, scope, stdin, span)
    if not name and program.sources:
        return Stream(None, program.sources)
    if name in scope.aliases and not walker.full:
        _alias(walker, argv, scope, stdin)
    if name in scope.functions:
        return _function(walker, argv, scope, stdin, span)
    builtin = BUILTINS.get(name)
    how = (DATA,) if builtin is not None and name in HARMLESS else ()
    index = walker.action(_run(walker, argv, how, span))
    if builtin is not None:
        return builtin(walker, argv, scope, stdin, index)
    usage = read_program(argv)
    if usage.how:
        walker.actions[index] = _run(walker, argv, usage.how, span)
    return run_usage(walker, usage, argv, scope, stdin, index)


def _run(walker: Walker, argv: tuple[Value, ...], how: tuple[str, ...], span: tuple[int, int]) -> Action:
    words = tuple(value.text for value in argv)
    remote = ("remote",) if walker.remote else ()
    return Action(RUN, words[0], words=words, how=how + remote, via=walker.via, span=walker.span or span)


def _unknown_program(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, span: tuple[int, int]) -> Stream:
    """A program whose name is only known when it runs."""
    sources = union(argv[0].sources, argv[0].sources)
    index = walker.action(_run(walker, argv, (INLINE,), span))
    walker.hide(index, "the program is only known when it runs", sources)
    for value in argv[1:]:
        if value.text.startswith(("/", "~/", "./", "../")) and UNKNOWN not in value.text:
            walker.read(value, (), scope)
    return Stream(None, union(stdin.sources, ("unknown:program",)))


def _alias(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream) -> None:
    """Walk what an alias stands for too: whether aliases are on cannot be told from the line."""
    text = scope.aliases[argv[0].text]
    inner = scope.copy()
    inner.aliases.pop(argv[0].text, None)
    rest = " ".join(_quoted(value.text) for value in argv[1:])
    walker.text(f"{text} {rest}", inner, stdin)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'" if UNKNOWN not in text else '"$_"'


def _function(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, span: tuple[int, int]) -> Stream:
    """Walk the body of a function that the line defines."""
    name = argv[0].text
    if walker.nesting >= 8:
        index = walker.action(_run(walker, argv, (INLINE,), span))
        walker.hide(index, "a function that calls itself", ())
        return Stream(None, ("unknown:function",))
    walker.nesting += 1
    before, scope.positional = scope.positional, argv[1:]
    stream = walker.node(scope.functions[name].body, scope, stdin)
    scope.positional = before
    walker.nesting -= 1
    return stream


def _nothing(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, argv, scope, stdin, index
    return SILENCE


def _cd(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    folders = [value for value in argv[1:] if not (value.text.startswith("-") and len(value.text) > 1)]
    scope.moved = True
    if not folders:
        scope.cwd = scope.home
    elif len(folders) > 1 or UNKNOWN in folders[0].text or folders[0].glob or folders[0].text == "-":
        scope.cwd = UNKNOWN
    elif scope.cwd.startswith("/"):
        scope.cwd = absolute(folders[0].text, scope.cwd, scope.home)
    elif folders[0].text.startswith(("/", "~")):
        scope.cwd = absolute(folders[0].text, "/", scope.home)
    return SILENCE


def _lost(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, argv, stdin, index
    scope.moved = True
    scope.cwd = UNKNOWN
    return SILENCE


def _declare(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`export`, `declare`, `typeset`, `local`, `readonly`: set variables and may hand them to later programs."""
    del stdin
    exported = argv[0].text == "export" or any(value.text.startswith("-") and "x" in value.text for value in argv[1:])
    for value in argv[1:]:
        if value.text.startswith(("-", "+")):
            continue
        name, equals, text = value.text.partition("=")
        if exported:
            scope.exported.add(name)
        if equals:
            scope.put(name, (Value(text, sources=value.sources),))
        known = scope.variables.get(name)
        if exported and changes_programs(name) and (equals or known):
            note_assignment(walker, name, (known or (Value(UNKNOWN),))[0], scope, walker.actions[index].span)
    if len(argv) == 1 or argv[1].text == "-p":
        return Stream(None, ("environment:",))
    return SILENCE


def _unset(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    functions = any(value.text == "-f" for value in argv[1:2])
    for value in argv[1:]:
        if functions:
            scope.functions.pop(value.text, None)
        elif not value.text.startswith("-"):
            scope.drop(value.text)
    return SILENCE


def _set(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    if len(argv) == 1:
        return Stream(None, ("environment:",))
    marks = [number for number, value in enumerate(argv) if value.text == "--"]
    if marks:
        scope.positional = argv[marks[0] + 1 :]
    return SILENCE


def _shift(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    count = int(argv[1].text) if len(argv) > 1 and argv[1].text.isdigit() else 1
    scope.positional = scope.positional[count:] if scope.positional is not None else None
    return SILENCE


def _read(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`read`, `mapfile`: variables take what comes in."""
    del walker, index
    names = [value.text for value in argv[1:] if not value.text.startswith("-")] or ["REPLY"]
    only = stdin.text.split("\n")[0] if stdin.text is not None and len(names) == 1 and stdin.text.count("\n") <= 1 else None
    for name in names:
        if name.isidentifier():
            scope.put(name, (Value(UNKNOWN if only is None else only.strip(), sources=stdin.sources),))
    return SILENCE


def _eval(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    words = argv[2:] if len(argv) > 1 and argv[1].text == "--" else argv[1:]
    return run_text(walker, Value(" ".join(value.text for value in words), sources=union(*(value.sources for value in words))), scope, stdin, index)


def run_text(walker: Walker, code: Value, scope: Scope, stdin: Stream, index: int) -> Stream:
    """Walk a text that a shell is given: known, or marked with where it came from."""
    if UNKNOWN in code.text:
        walker.hide(index, "shell code that is only known when it runs", code.sources)
        _known_parts(walker, code, scope, stdin, index)
        return Stream(None, union(("unknown:shell",), code.sources))
    return walker.within(index, code, lambda: walker.text(code.text, scope, stdin))


def _known_parts(walker: Walker, code: Value, scope: Scope, stdin: Stream, index: int) -> None:
    """Walk a text with holes for what can be seen of it all the same: the holes become an unset variable."""
    if code.text.strip(UNKNOWN + " \n"):
        text = code.text.replace(UNKNOWN, "${_}")
        inner = scope.copy()
        inner.put("_", None)
        walker.within(index, code, lambda: walker.text(text, inner, stdin))


def _source(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`source FILE`: runs a file here."""
    if len(argv) < 2:
        return SILENCE
    file = argv[1]
    if file.sources and file.text.startswith("/dev/fd/"):
        walker.hide(index, "what it runs is only known when it runs", file.sources)
        return Stream(None, ("unknown:shell",))
    if file.text in ("/dev/stdin", "-"):
        return run_stdin(walker, "sh", scope, stdin, index)
    sources = walker.read(file, (), scope)
    return run_file(walker, "sh", file, scope, stdin, index, sources)


def run_file(walker: Walker, language: str, file: Value, scope: Scope, stdin: Stream, index: int, sources: tuple[str, ...]) -> Stream:
    """Follow a script that the line itself wrote; one from elsewhere is the project's own affair."""
    written = scope.files.get(walker.path(file, scope)) if UNKNOWN not in file.text else None
    if file.text.startswith("/dev/fd/"):
        walker.hide(index, "what it runs is only known when it runs", file.sources)
    if written is None:
        return Stream(None, ("unknown:script",))
    if written.text is None:
        walker.hide(index, "it runs a file whose content is only known when it runs", sources)
        return Stream(None, ("unknown:script",))
    return run_known(walker, language, Value(written.text, sources=written.sources, span=file.span), scope, stdin, index)


def run_known(walker: Walker, language: str, code: Value, scope: Scope, stdin: Stream, index: int) -> Stream:
    """Walk code that is fully known."""
    if language in ("sh", ""):
        return walker.within(index, code, lambda: walker.text(code.text, scope.copy(), stdin))
    return walker.code(language, code, scope, stdin, index)


def run_stdin(walker: Walker, language: str, scope: Scope, stdin: Stream, index: int) -> Stream:
    """Follow an interpreter that reads its code from what flows into it."""
    if not stdin.piped:
        return SILENCE
    if stdin.text is not None:
        return run_known(walker, language, Value(stdin.text, sources=stdin.sources), scope, SILENCE, index)
    only_files = bool(stdin.sources) and all(source.startswith("file:") for source in stdin.sources)
    walker.hide(index, "" if only_files else "what it runs comes out of another program", stdin.sources)
    return Stream(None, union(("unknown:script",), stdin.sources))


def _trap(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    words = [value for value in argv[1:] if value.text != "--"]
    if len(words) > 1 and not words[0].text.startswith("-") and words[0].text:
        run_text(walker, words[0], scope.copy(), stdin, index)
    return SILENCE


def _set_alias(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, stdin, index
    for value in argv[1:]:
        name, equals, text = value.text.partition("=")
        if equals:
            scope.aliases[name] = text
    return SILENCE


def _exec(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    rest = list(argv[1:])
    while rest and rest[0].text.startswith("-"):
        option = rest.pop(0).text
        if option == "-a" and rest:
            rest.pop(0)
    return run_inner(walker, tuple(rest), scope, stdin, index)


def run_inner(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """Walk a command that another one starts."""
    if not argv:
        return SILENCE
    before = walker.via
    walker.via = index
    stream = run_command(walker, argv, scope, stdin, walker.actions[index].span)
    walker.via = before
    return stream


def _command(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """`command` and `builtin`: run what follows; with `-v` they only look."""
    rest = list(argv[1:])
    while rest and rest[0].text.startswith("-"):
        if any(char in rest[0].text for char in "vV"):
            return Stream(None, ("unknown:names",))
        rest.pop(0)
    return run_inner(walker, tuple(rest), scope, stdin, index)


def _pwd(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del walker, argv, stdin, index
    return Stream(None if UNKNOWN in scope.cwd else scope.cwd + "\n")


def _history(walker: Walker, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    del stdin, index
    for option, file in zip(argv[1:], argv[2:], strict=False):
        if option.text in ("-w", "-a"):
            walker.write(file, (), scope, SILENCE)
        elif option.text in ("-r", "-n"):
            walker.read(file, (), scope)
    return Stream(None, ("unknown:history",))


BUILTINS: dict[str, Builtin] = {
    **dict.fromkeys(
        ": true false exit return break continue wait bg fg jobs hash umask ulimit times bind caller disown enable logout suspend compgen complete"
        " compopt getopts let shopt".split(),
        _nothing,
    ),
    "cd": _cd,
    "chdir": _cd,
    "pushd": _cd,
    "popd": _lost,
    "pwd": _pwd,
    **dict.fromkeys("export declare typeset local readonly".split(), _declare),
    "unset": _unset,
    "set": _set,
    "shift": _shift,
    **dict.fromkeys("read mapfile readarray".split(), _read),
    "eval": _eval,
    "source": _source,
    ".": _source,
    "trap": _trap,
    "alias": _set_alias,
    "unalias": _nothing,
    "exec": _exec,
    "command": _command,
    "builtin": _command,
    "noglob": _command,
    "nocorrect": _command,
    "history": _history,
}
"""What the shell does itself."""

WRAPPING = frozenset("exec command builtin noglob nocorrect".split())
HARMLESS = frozenset(BUILTINS) - {"eval", "source", ".", "trap", "history"}
"""Builtins that do nothing outside the shell by themselves; what they start is walked and judged on its own."""
