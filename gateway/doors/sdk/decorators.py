"""The Python door: `trace_tool`, `trace_llm_call`, `start_session`, `end_session`, `log_decision`.

A traced tool is judged before it runs and recorded before and after; functions, coroutines and generators of both
kinds. What policy refuses raises CallDeniedError and does not run.
"""

from __future__ import annotations

import contextlib
import inspect
import time
import uuid
from typing import TYPE_CHECKING, Any, Self, overload

from gateway.doors.sdk.generators import traced
from gateway.doors.sdk.json_values import is_plain, plain, usage_of
from gateway.doors.sdk.session import CallDeniedError, Session, SessionMeta, current, enter, leave, settings_for
from gateway.model.event import DECISION, ERROR, LLM_REQUEST, LLM_RESPONSE

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from gateway.doors.sdk.session import Ask

    F = TypeVar("F", bound=Callable[..., Any])

__all__ = [
    "CallDeniedError",
    "SessionMeta",
    "end_session",
    "log_decision",
    "start_session",
    "trace_llm_call",
    "trace_tool",
]


def start_session(
    name: str = "python",
    redact: bool = True,
    mask: bool = False,
    *,
    guarded: bool = True,
    observe: bool = False,
    ask: Ask | None = None,
    trace_dir: str = "",
    policy: str = "",
) -> SessionMeta:
    """Start recording; every traced call from here on belongs to the session.

    redact   kept for programs that ask for it: credentials never reach the record either way
    mask     personal data does not reach it either
    guarded  False records the verdicts and lets every call run
    observe  the same, and says so in the record
    ask      called with the reason where policy says ask; True lets the call run. Without it such a call is refused
    Raises TraceError when nothing can be recorded.
    """
    settings = settings_for(
        asks=ask is not None, redact=redact, mask=mask, observe=observe, trace_dir=trace_dir, policy=policy
    )
    session = Session(name, settings=settings, guarded=guarded, ask=ask)
    enter(session)
    return session.meta


def end_session() -> SessionMeta:
    """End the current session and return what is known of it. Raises RuntimeError when there is none."""
    session = leave()
    if session is None:
        raise RuntimeError("no session is open: call start_session() first")
    return session.end()


def log_decision(choice: str, reason: str = "", alternatives: list[str] | tuple[str, ...] = (), **more: object) -> None:
    """Record why something was chosen over its alternatives."""
    _session().note(
        DECISION,
        {
            "choice": choice,
            "reason": reason,
            "alternatives": list(alternatives),
            **{key: plain(value) for key, value in more.items()},
        },
    )


@overload
def trace_tool(function: F, /) -> F: ...
@overload
def trace_tool(*, name: str = "") -> Callable[[F], F]: ...
def trace_tool(function: Callable[..., Any] | None = None, /, *, name: str = "") -> Any:
    """Judge and record every call of a function as a tool call; use it as `@trace_tool` or `@trace_tool(name="…")`."""
    if function is None:
        return lambda inner: trace_tool_as(inner, name)
    return trace_tool_as(function, name)


def trace_tool_as(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return the traced form of a function under a name of its own."""
    tool = name or _name(function)
    signature = _signature(function)
    return traced(function, lambda args, kwargs: _Call(tool, signature, args, kwargs))


def _name(function: Callable[..., Any]) -> str:
    name = getattr(function, "__name__", "") or getattr(getattr(function, "func", None), "__name__", "")
    return name or type(function).__name__


def _signature(function: Callable[..., Any]) -> inspect.Signature:
    """Return a function's signature; one that takes anything for a builtin that tells none."""
    try:
        return inspect.signature(function)
    except ValueError:
        return inspect.signature(lambda *args, **kwargs: None)


_OWN = frozenset(("self", "cls"))
"""Parameters that are the object a method is of, not what it is given."""
MAX_KEPT = 1_000
"""Most items of a generator that are recorded."""


class _Call:
    """One call of a traced tool, from the verdict to the result."""

    def __init__(self, tool: str, signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.tool = tool
        self.id = uuid.uuid4().hex
        self.session = _session()
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        asked = {key: plain(value) for key, value in bound.arguments.items() if key not in _OWN}
        passed = self.session.before(tool, asked, self.id)
        self.args, self.kwargs = args, kwargs
        if passed is not asked:
            for key, value in passed.items():
                if value != asked.get(key):
                    if not is_plain(bound.arguments[key]):
                        raise CallDeniedError(
                            f"agent-strace: `{key}` of `{tool}` holds what policy takes out, and cannot be rewritten"
                        )
                    bound.arguments[key] = value
            self.args, self.kwargs = bound.args, bound.kwargs
        self.start = time.perf_counter()
        self.done = False
        self.items: list[object] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self.done:
            return
        if error is None or isinstance(error, GeneratorExit):
            self._record(self.items, failed=False)
            return
        # nothing is handed back that could be held back; the program's own error goes on
        with contextlib.suppress(CallDeniedError):
            self._record(f"{type(error).__name__}: {error}", failed=True)

    def _record(self, output: object, *, failed: bool) -> tuple[object, bool]:
        self.done = True
        duration = round((time.perf_counter() - self.start) * 1000, 3)
        return self.session.after(self.tool, output, self.id, failed=failed, duration_ms=duration)

    def returned(self, value: Any) -> Any:
        """Record the result; return it, or what policy leaves of it."""
        output, changed = self._record(plain(value), failed=False)
        if changed and not is_plain(value):
            raise CallDeniedError(
                f"agent-strace: the result of `{self.tool}` holds what policy takes out, and cannot be rewritten"
            )
        return output if changed else value

    def item(self, value: Any) -> Any:
        """Keep one item of a generator for the record."""
        if len(self.items) < MAX_KEPT:
            self.items.append(plain(value))
        return value


@overload
def trace_llm_call(function: F, /) -> F: ...
@overload
def trace_llm_call(*, model: str = "") -> Callable[[F], F]: ...
def trace_llm_call(function: Callable[..., Any] | None = None, /, *, model: str = "") -> Any:
    """Record every call of a function as a request to a model and its response, with the usage the response tells."""
    if function is None:
        return lambda inner: _traced_llm(inner, model)
    return _traced_llm(function, model)


def _traced_llm(function: Callable[..., Any], model: str) -> Callable[..., Any]:
    signature = _signature(function)
    return traced(function, lambda args, kwargs: _Request(signature, args, kwargs, model))


class _Request:
    """One request to a model, from its record to its response's."""

    def __init__(self, signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any], model: str) -> None:
        self.session = _session()
        self.id = uuid.uuid4().hex
        self.args, self.kwargs = args, kwargs
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        data = {key: plain(value) for key, value in bound.arguments.items() if key not in _OWN}
        self.model = str(data.pop("model", "") or model)
        messages = data.get("messages")
        if isinstance(messages, list):
            data["message_count"] = len(messages)
        self.session.note(LLM_REQUEST, {"model": self.model, **data}, call=self.id)
        self.start = time.perf_counter()
        self.done = False
        self.items: list[object] = []
        self.usage: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self.done:
            return
        if error is None or isinstance(error, GeneratorExit):
            texts = [item for item in self.items if isinstance(item, str)]
            self._answered("".join(texts) if len(texts) == len(self.items) else self.items)
        else:
            self._note(ERROR, {"model": self.model, "error": f"{type(error).__name__}: {error}"})

    def item(self, value: Any) -> Any:
        """Keep one part of a streamed response; the usage that a later part tells counts."""
        if len(self.items) < MAX_KEPT:
            self.items.append(plain(value))
        self.usage |= usage_of(value)
        return value

    def returned(self, value: Any) -> Any:
        """Record the response and hand it on."""
        self.usage = usage_of(value)
        self._answered(plain(value))
        return value

    def _answered(self, content: object) -> None:
        data: dict[str, Any] = {"model": self.model, "content": content}
        if self.usage:
            data["usage"] = self.usage
        self._note(LLM_RESPONSE, data)

    def _note(self, kind: str, data: dict[str, Any]) -> None:
        self.done = True
        self.session.note(kind, data, parent=self.id, duration_ms=round((time.perf_counter() - self.start) * 1000, 3))


def _session() -> Session:
    session = current()
    if session is None:
        start_session()
        session = current()
    if session is None:
        raise RuntimeError("no session could be started")
    return session
