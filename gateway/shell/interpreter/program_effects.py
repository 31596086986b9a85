"""What a program's usage becomes on a walk: its files and hosts as actions, what it starts, what flows through it.
Pure.
"""

from __future__ import annotations

from gateway.catalog.environment_variables import changes_programs
from gateway.model.action import CONNECT, DELETE, FROM_DECODER, FROM_NETWORK, LIST, META, READ, UNKNOWN, WRITE
from gateway.model.paths import absolute
from gateway.shell.interpreter.assignments import note_assignment, run_expanded
from gateway.shell.interpreter.scope import SILENCE, TERMINAL, Stream, union
from gateway.shell.settings import is_ordinary
from gateway.shell.usage import (
    ALL,
    START_ARGV,
    START_CODE,
    START_FILE,
    START_SHELL,
    STDIN_ARGUMENTS,
    STDIN_CODE,
    STDIN_IGNORED,
    STDIN_SENT,
    STDOUT_DATA,
    STDOUT_DECODED,
    STDOUT_ENVIRONMENT,
    STDOUT_KNOWN,
    STDOUT_NETWORK,
    STDOUT_NONE,
    Usage,
)
from gateway.shell.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.interpreter.scope import Scope
    from gateway.shell.usage import Effect, Start

_IDENTITY = frozenset(("cat", "tee", "sponge", "pv"))
"""Programs whose output is their input, character by character."""


_SOCKETS = frozenset(("nc", "ncat", "netcat", "socat"))
"""Programs that give the network to what they start."""
_ANYBODY = (f"{FROM_NETWORK}:…",)
"""Who contacts a program that waits to be contacted."""
_SILENT = frozenset(
    "mkdir touch chmod chown rm cp mv ln rmdir sleep test [ true false kill install unlink truncate mkfifo printf".split()
)
"""Programs that print nothing unless they are told to."""


def run_usage(
    walker: Interpreter, usage: Usage, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int
) -> Stream:
    """Make actions of a program's usage and return what it prints."""
    if usage.opaque:
        walker.hide(index, usage.opaque, ())
    arguments = union(*(value.sources for value in argv))
    taken = stdin.sources if usage.stdin != STDIN_IGNORED else ()
    read = _read_files(walker, usage.effects, scope)
    inputs = union(taken, read, arguments)
    own = ("environment:",) if usage.stdout == STDOUT_ENVIRONMENT else ()
    hosts = _contact(
        walker, usage, scope, union(read, own, arguments, taken if usage.stdin in (STDIN_SENT, STDIN_ARGUMENTS) else ())
    )
    _write_files(walker, usage, scope, inputs, hosts, stdin)
    started = [_start(walker, start, usage, scope, stdin, index) for start in usage.starts]
    if started and hosts and walker.actions[index].target.rpartition("/")[2] in _SOCKETS:
        sent = tuple(
            item
            for item in union(*(stream.sources for stream in started))
            if not item.startswith((FROM_NETWORK, "unknown:"))
        )
        if sent:
            _contact(walker, usage, scope, sent)
    if stdin.piped and usage.stdin in (STDIN_CODE, STDIN_SENT):
        started += _told(walker, usage, argv, scope, stdin, index)
    return _printed(walker, usage, argv, scope, stdin, (inputs, hosts, started))


def _told(
    walker: Interpreter, usage: Usage, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int
) -> list[Stream]:
    """Walk what a program is told through its standard input: commands of its own, or code."""
    from gateway.shell.interpreter.code_execution import run_stdin
    from gateway.shell.programs.stdin_commands import typed

    text = typed(argv, stdin.text, given=usage.stdin != STDIN_CODE) if stdin.text is not None else []
    if text:
        return [run_usage(walker, item, (), scope, SILENCE, index) for item in text]
    return [run_stdin(walker, usage.stdin_language, scope, stdin, index)] if usage.stdin == STDIN_CODE else []


def _read_files(walker: Interpreter, effects: tuple[Effect, ...], scope: Scope) -> tuple[str, ...]:
    sources: list[tuple[str, ...]] = []
    for effect in effects:
        if effect.verb != READ:
            continue
        if effect.value.text.startswith("/dev/fd/"):
            sources.append(effect.value.sources)
            continue
        read = walker.read(effect.value, effect.how, scope)
        if META not in effect.how and LIST not in effect.how:
            sources.append(read)
    return union(*sources)


def _contact(walker: Interpreter, usage: Usage, scope: Scope, sent: tuple[str, ...]) -> tuple[str, ...]:
    del scope
    contacted = [effect.value for effect in usage.effects if effect.verb == CONNECT]
    for value in contacted:
        walker.connect(value.text, union(sent, value.sources) if value.sources else sent, value.span)
    return _peers(usage)


def _peers(usage: Usage) -> tuple[str, ...]:
    """Return the hosts that a program contacts, as sources of what comes from them."""
    return union(tuple(f"{FROM_NETWORK}:{effect.value.text}" for effect in usage.effects if effect.verb == CONNECT))


def _write_files(
    walker: Interpreter, usage: Usage, scope: Scope, inputs: tuple[str, ...], hosts: tuple[str, ...], stdin: Stream
) -> None:
    sources = union(inputs, hosts)
    known = stdin.text if usage.stdin == "stored" or (usage.stdout == STDOUT_DATA and not hosts) else None
    for effect in usage.effects:
        if effect.verb != WRITE:
            continue
        if DELETE in effect.how:
            walker.touch(WRITE, effect.value, effect.how, scope)
        elif not effect.value.text.startswith(("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/fd/")):
            walker.write(effect.value, effect.how, scope, Stream(known, sources))


def _start(walker: Interpreter, start: Start, usage: Usage, scope: Scope, stdin: Stream, index: int) -> Stream:
    """Walk one thing that a program starts."""
    from gateway.shell.interpreter.code_execution import run_file, run_inner, run_text, with_arguments

    inner = scope.copy()
    if start.folder is not None:
        inner.cwd = _known_path(start.folder, scope)
        inner.moved = True
    for item in start.assigned:
        _assign(walker, item, inner, index)
    outside = walker.remote, walker.mounts
    if start.remote:
        from gateway.shell.interpreter.mounts import MAX_MOUNTS, in_order

        if len(start.mounts) > MAX_MOUNTS:
            walker.opaque(f"more than {MAX_MOUNTS} mounts", (-1, -1), "mounts")
        mounts = tuple((inside, _known_path(host, scope)) for inside, host in start.mounts[:MAX_MOUNTS])
        walker.mounts = () if walker.remote else in_order(mounts)
        walker.remote = True
    feeds = stdin if usage.stdin != STDIN_ARGUMENTS else TERMINAL
    if (
        usage.stdout == STDOUT_NETWORK
        and not start.remote
        and walker.actions[index].target.rpartition("/")[2] in _SOCKETS
    ):
        feeds = Stream(None, _peers(usage) or _ANYBODY)
    if start.given is not None:
        known = UNKNOWN not in start.given.text
        feeds = (
            Stream(start.given.text, start.given.sources)
            if known
            else Stream(None, union(("unknown:code",), start.given.sources, feeds.sources))
        )
    stream = SILENCE
    if start.kind == START_ARGV:
        stream = run_inner(walker, _arguments(start, usage, stdin), inner, feeds, index)
    elif start.kind == START_SHELL and start.code is not None:
        before = len(walker.actions)
        stream = run_text(
            walker, _fed(start.code, usage, stdin), with_arguments(inner, start.argv or None), feeds, index
        )
        if start.setting and not walker.full and not start.code.sources and is_ordinary(walker.actions[before:]):
            del walker.actions[before:]
    elif start.kind == START_CODE and start.code is not None:
        stream = walker.code(start.language, _fed(start.code, usage, stdin), inner, feeds, index)
    elif start.kind == START_FILE and start.code is not None:
        stream = run_file(walker, start, inner, feeds, index, _file_sources(walker, start.code, scope))
    walker.remote, walker.mounts = outside
    return stream


def with_peers(usage: Usage, stdin: Stream) -> Stream:
    """Return what the programs that code starts may read: its standard input, and its sockets, which it can lay in that
    one's place.
    """
    if not usage.starts:
        return stdin
    peers = _peers(usage) or (_ANYBODY if usage.stdout == STDOUT_NETWORK else ())
    return Stream(None, union(stdin.sources, peers)) if peers else stdin


def _known_path(file: Value, scope: Scope) -> str:
    """Return a file's absolute path, UNKNOWN where it hangs on a folder that nobody knows."""
    known = UNKNOWN not in file.text and (scope.cwd.startswith("/") or file.text.startswith(("/", "~")))
    return absolute(file.text, scope.cwd, scope.home) if known else UNKNOWN


def _assign(walker: Interpreter, item: Value, scope: Scope, index: int) -> None:
    """Set a variable that a program is started with (`env NAME=value program`)."""
    name, _, text = item.text.partition("=")
    value = Value(text, sources=item.sources, span=item.span)
    scope.put(name, (value,))
    scope.exported.add(name)
    run_expanded(walker, name, (value,), scope)
    if changes_programs(name):
        note_assignment(walker, name, value, scope, walker.actions[index].span)


def _file_sources(walker: Interpreter, file: Value, scope: Scope) -> tuple[str, ...]:
    if file.text.startswith("/dev/fd/"):
        return file.sources
    return walker.read(file, (), scope) if file.text not in ("-", "/dev/stdin") else ()


def _fed(code: Value, usage: Usage, stdin: Stream) -> Value:
    """Return code with the sources of the words that standard input puts into it."""
    if usage.stdin == STDIN_ARGUMENTS and UNKNOWN in code.text:
        return Value(code.text, sources=union(code.sources, stdin.sources), splits=True, span=code.span)
    return code


def _arguments(start: Start, usage: Usage, stdin: Stream) -> tuple[Value, ...]:
    """Return the words of what is started: with those that standard input adds, known or not."""
    argv = tuple(_fed(value, usage, stdin) for value in start.argv)
    if not start.extra:
        return argv
    if (
        usage.stdin == STDIN_ARGUMENTS
        and stdin.text is not None
        and not any(char in stdin.text for char in "'\"\\\0")
        and start.extra == ALL
    ):
        return (*argv, *(Value(word, sources=stdin.sources) for word in stdin.text.split()))
    sources = stdin.sources if usage.stdin == STDIN_ARGUMENTS else ()
    return (*argv, Value(UNKNOWN, sources=sources, splits=True))


def _printed(
    walker: Interpreter,
    usage: Usage,
    argv: tuple[Value, ...],
    scope: Scope,
    stdin: Stream,
    flows: tuple[tuple[str, ...], tuple[str, ...], list[Stream]],
) -> Stream:
    """Return what a program prints; `flows` are its inputs, its hosts and what the commands it started print."""
    inputs, hosts, started = flows
    inner = union(*(stream.sources for stream in started))
    name = argv[0].text.rpartition("/")[2] if argv else ""
    if usage.stdout == STDOUT_KNOWN and usage.output is not None:
        text = None if UNKNOWN in usage.output.text else usage.output.text
        return Stream(text if text is not None else None, inputs) if text is not None else _partly(usage.output, inputs)
    if usage.starts and (usage.how or usage.stdout == STDOUT_NONE):
        once = len(started) == 1 and usage.stdin != STDIN_ARGUMENTS
        return started[0] if once else Stream(None, union(inner, inputs))
    if usage.stdout == STDOUT_NETWORK:
        return Stream(None, union(hosts or (f"{FROM_NETWORK}:{name}",), inner))
    if usage.stdout == STDOUT_DECODED:
        return Stream(None, union((f"{FROM_DECODER}:{name}",), inputs))
    if usage.stdout == STDOUT_DATA:
        return Stream(_same(walker, usage, argv, scope, stdin), union(inputs, inner, hosts))
    if usage.stdout == STDOUT_ENVIRONMENT:
        return Stream(None, ("environment:",))
    if usage.stdout == STDOUT_NONE:
        silent = (
            name in _SILENT
            and not inner
            and not any(value.text.startswith("-") and "v" in value.text for value in argv[1:])
        )
        return Stream("" if silent else None, inner)
    return Stream(None, union((f"unknown:{name}",), inputs, inner, hosts))


def _same(walker: Interpreter, usage: Usage, argv: tuple[Value, ...], scope: Scope, stdin: Stream) -> str | None:
    """Return what a program that passes its input on prints, when that is known."""
    name = argv[0].text.rpartition("/")[2] if argv else ""
    if name not in _IDENTITY or any(
        value.text.startswith("-") and value.text not in ("-", "-a", "-u") for value in argv[1:]
    ):
        return None
    read = [effect for effect in usage.effects if effect.verb == READ]
    if not read:
        return stdin.text if stdin.piped else None
    written = scope.files.get(walker.path(read[0].value, scope)) if len(read) == 1 and len(argv) == 2 else None
    return written.text if written is not None else None


def _partly(output: Value, inputs: tuple[str, ...]) -> Stream:
    """Return an output of which a part is unknown: what is known of it may still be a prefix that matters."""
    return Stream(output.text if output.text.startswith("/") else None, inputs)
