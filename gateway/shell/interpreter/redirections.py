"""Redirections: the files and hosts they open, and what they make of the streams of a command. Pure."""

from __future__ import annotations

from gateway.model.action import FROM_NETWORK, UNKNOWN
from gateway.shell.interpreter.scope import SILENCE, Stream, union
from gateway.shell.values import Value

_SILENT = ("/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/zero", "/dev/full")
_GONE = ("/dev/null", "/dev/tty", "/dev/full")
_SOCKETS = ("/dev/tcp/", "/dev/udp/")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.shell.interpreter.interface import Interpreter
    from gateway.shell.interpreter.scope import Scope
    from gateway.shell.syntax.ast import Redirect


def apply_redirects(
    walker: Interpreter, redirects: list[Redirect], scope: Scope, stdin: Stream
) -> tuple[Stream, Callable[[Stream], Stream]]:
    """Return (what the command reads, what is to be done with what it prints)."""
    outputs: list[tuple[Value, str]] = []
    expander = walker.expander(scope, None)
    for redirect in redirects:
        if redirect.operator in ("<<", "<<-"):
            stdin = _text_stream(_body(walker, redirect, scope))
        elif redirect.operator == "<<<":
            stdin = _text_stream(expander.one(redirect.target), end="\n")
        else:
            stdin = _open(walker, redirect, scope, stdin, outputs)
    return stdin, lambda stream: _close(walker, outputs, scope, stream)


def _body(walker: Interpreter, redirect: Redirect, scope: Scope) -> Value:
    """Return the body of a here-document; what it runs stands where the document stands."""
    if redirect.body is None:
        return Value("")
    span = walker.span
    walker.span = span or (redirect.body.start, redirect.body.end)
    body = walker.expander(scope, None).one(redirect.body)
    walker.span = span
    return body


def _text_stream(value: Value, end: str = "") -> Stream:
    return Stream(None if UNKNOWN in value.text else value.text + end, value.sources)


def _open(
    walker: Interpreter, redirect: Redirect, scope: Scope, stdin: Stream, outputs: list[tuple[Value, str]]
) -> Stream:
    expander = walker.expander(scope, None)
    values = expander.word(redirect.target) if redirect.target is not None else []
    value = values[0] if len(values) == 1 else Value(UNKNOWN, splits=True)
    operator = redirect.operator
    if operator in ("<&", ">&") and (value.text.rstrip("-").isdigit() or value.text == "-"):
        socket = scope.files.get("&" + value.text.rstrip("-"))
        return _duplicated(operator, redirect.fd, value, socket, stdin, outputs)
    if operator == "<&" or (operator == ">&" and redirect.fd == "0"):  # a descriptor that only the run knows
        return Stream(None, value.sources or ("unknown:descriptor",)) if redirect.fd in ("", "0") else stdin
    if value.text.startswith(_SOCKETS):
        return _socket(walker, redirect, value, scope, stdin, outputs)
    if value.text in _SILENT or value.text.startswith(("/dev/fd/", "/proc/self/fd/")):
        if operator not in ("<", "<&", "<>"):
            if _prints(redirect):
                outputs.append((value, "none" if value.text in _GONE else "errors"))
        elif value.text == "/dev/null":
            return SILENCE
        elif value.sources:
            return Stream(None, value.sources)
        return stdin
    if operator in ("<", "<&"):
        sources = walker.read(value, (), scope)
        written = scope.files.get(walker.path(value, scope))
        _remember(scope, redirect.fd, Stream(None, sources))
        return Stream(written.text if written else None, sources) if redirect.fd in ("", "0") else stdin
    outputs.append((value, operator if _prints(redirect) else "aside" + operator))
    _opened(walker, value, operator, scope)
    _remember(scope, redirect.fd, Stream(None, ()))
    return stdin


def _opened(walker: Interpreter, value: Value, operator: str, scope: Scope) -> None:
    """Let the commands that write a file find it with what nobody can say yet."""
    if UNKNOWN not in value.text and walker.here(value, scope) is not None:
        path = walker.path(value, scope)
        if ">>" in operator:
            scope.files[">>" + path] = scope.files.get(path, Stream(None, ()))
        scope.files[path] = Stream(None, ("unknown:shell",))


def _prints(redirect: Redirect) -> bool:
    """Whether a redirection takes what the command prints, rather than its errors or another descriptor."""
    return redirect.fd in ("", "1") or redirect.operator.startswith("&")


def _remember(scope: Scope, fd: str, stream: Stream) -> None:
    """Remember what a descriptor other than the usual three is open on, for `<&3` later."""
    if fd and fd not in ("0", "1", "2"):
        scope.files["&" + fd.strip("{}")] = stream


def _duplicated(
    operator: str, fd: str, value: Value, socket: Stream | None, stdin: Stream, outputs: list[tuple[Value, str]]
) -> Stream:
    if socket is None:
        if operator == ">&" and value.text.startswith("2") and fd in ("", "1"):
            outputs.append((value, "errors"))
        return stdin
    if operator == ">&" and fd != "0":
        if socket.text:
            outputs.append((Value(socket.text), "send"))
        return stdin
    return Stream(None, socket.sources)


def _socket(
    walker: Interpreter, redirect: Redirect, value: Value, scope: Scope, stdin: Stream, outputs: list[tuple[Value, str]]
) -> Stream:
    """A `/dev/tcp/host/port`: reading from it reads the network, writing to it sends."""
    host, _, port = value.text[len("/dev/tcp/") :].partition("/")
    target = f"{host}:{port}" if port else host
    kept = Stream(target, (f"{FROM_NETWORK}:{host}",))
    scope.files["&" + (redirect.fd.strip("{}") or ("0" if redirect.operator.startswith("<") else "1"))] = kept
    if redirect.operator in ("<", "<>") or redirect.fd not in ("", "0", "1"):
        walker.connect(target, (), value.span)
        if redirect.fd in ("", "0"):
            return Stream(None, kept.sources)
        return stdin
    outputs.append((Value(target, span=value.span), "send"))
    scope.files["&1"] = kept
    return stdin


def _close(walker: Interpreter, outputs: list[tuple[Value, str]], scope: Scope, stream: Stream) -> Stream:
    """Send what a command printed where its redirections lead; return what is left for a pipe."""
    left = stream
    for value, operator in outputs:
        if operator == "send":
            walker.connect(value.text, stream.sources, value.span)
            left = SILENCE
        elif operator == "none":
            left = SILENCE
        elif operator == "errors":  # what goes to the errors may be led back from there
            left = Stream(None, left.sources)
        elif operator.startswith("aside"):
            walker.write(value, ("append",) if ">>" in operator else (), scope, Stream(None, stream.sources))
        else:
            before = scope.files.pop(">>" + walker.path(value, scope), None) if operator in (">>", "&>>") else None
            kept = (
                Stream(_appended(before, stream), union(before.sources if before else (), stream.sources))
                if before
                else stream
            )
            walker.write(value, ("append",) if ">>" in operator else (), scope, kept)
            left = SILENCE
    return left


def _appended(before: Stream, stream: Stream) -> str | None:
    return None if before.text is None or stream.text is None else before.text + stream.text
