"""Code that a command is given: texts, files and streams that a shell or an interpreter would run. Pure."""

from __future__ import annotations

from gateway.model.action import UNKNOWN
from gateway.shell.interpreter.scope import SILENCE, Stream, union
from gateway.shell.values import Value

MAX_STARTED = 24
"""How deep commands that start commands are followed (`sudo env nice …`)."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.interpreter.scope import Scope
    from gateway.shell.usage import Start


def run_text(walker: Interpreter, code: Value, scope: Scope, stdin: Stream, index: int) -> Stream:
    """Walk a text that a shell is given: known, or marked with where it came from."""
    if UNKNOWN in code.text:
        walker.hide(index, "shell code that is only known when it runs", code.sources)
        _known_parts(walker, code, scope, stdin, index)
        return Stream(None, union(("unknown:shell",), code.sources))
    return walker.within(index, code, lambda: walker.text(code.text, scope, stdin))


def _known_parts(walker: Interpreter, code: Value, scope: Scope, stdin: Stream, index: int) -> None:
    """Walk a text with holes for what can be seen of it all the same: the holes become an unset variable."""
    if code.text.strip(UNKNOWN + " \n"):
        text = code.text.replace(UNKNOWN, "${_}")
        inner = scope.copy()
        inner.put("_", None)
        walker.within(index, code, lambda: walker.text(text, inner, stdin))


def run_file(
    walker: Interpreter, start: Start, scope: Scope, stdin: Stream, index: int, sources: tuple[str, ...]
) -> Stream:
    """Follow a script that the line itself wrote; one from elsewhere is the project's own affair."""
    file = start.code or Value(UNKNOWN)
    if file.text.startswith("/dev/fd/"):
        walker.hide(index, "what it runs is only known when it runs", file.sources)
    written = written_file(walker, file, scope)
    if written is None:
        return Stream(None, ("unknown:script",))
    if written.text is None:
        walker.hide(index, "it runs a file whose content is only known when it runs", sources)
        return Stream(None, ("unknown:script",))
    inner = with_arguments(scope, (file, *start.argv))
    return run_known(
        walker, start.language, Value(written.text, sources=written.sources, span=file.span), inner, stdin, index
    )


def written_file(walker: Interpreter, file: Value, scope: Scope) -> Stream | None:
    """Return what the line itself wrote to a file, None when it did not."""
    return scope.files.get(walker.path(file, scope)) if UNKNOWN not in file.text else None


def with_arguments(scope: Scope, argv: tuple[Value, ...] | None) -> Scope:
    """Return the scope of a child shell with `$0` and the positional parameters it is given; None when they cannot be
    known.
    """
    inner = scope.child()
    if argv is not None and not any(value.splits for value in argv):
        inner.zero = argv[0] if argv else Value("bash")
        inner.positional = argv[1:]
    return inner


def run_known(walker: Interpreter, language: str, code: Value, scope: Scope, stdin: Stream, index: int) -> Stream:
    """Walk code that is fully known; `scope` is the child's own."""
    if language in ("sh", ""):
        return walker.within(index, code, lambda: walker.text(code.text, scope, stdin))
    return walker.code(language, code, scope, stdin, index)


def run_stdin(walker: Interpreter, language: str, scope: Scope, stdin: Stream, index: int) -> Stream:
    """Follow an interpreter that reads its code from what flows into it."""
    if not stdin.piped:
        return SILENCE
    if stdin.text is not None:
        return run_known(walker, language, Value(stdin.text, sources=stdin.sources), scope.child(), SILENCE, index)
    only_files = bool(stdin.sources) and all(
        source.startswith("file:") and source[5:] not in scope.files for source in stdin.sources
    )
    walker.hide(index, "" if only_files else "what it runs comes out of another program", stdin.sources)
    return Stream(None, union(("unknown:script",), stdin.sources))


def run_inner(walker: Interpreter, argv: tuple[Value, ...], scope: Scope, stdin: Stream, index: int) -> Stream:
    """Walk a command that another one starts: functions and aliases of this shell are not what it finds."""
    if not argv:
        return SILENCE
    walker.bounds.steps -= 1
    if walker.started >= MAX_STARTED or walker.bounds.steps < 0:
        walker.hide(index, "commands that start commands, too deep", ())
        return Stream(None, ("unknown:shell",))
    walker.started += 1
    before = walker.via
    walker.via = index
    stream = walker.command(argv, scope, stdin, walker.actions[index].span, own=False)
    walker.via = before
    walker.started -= 1
    return stream
