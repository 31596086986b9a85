"""One session of a Python program that records its own agent's calls: where they go, what is counted, how they are
judged.
"""

from __future__ import annotations

import contextvars
import os
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any

from gateway.checkpoint import Checkpoint, Settings
from gateway.host.attribution import attribution
from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import ALLOW, ASK
from gateway.model.event import ERROR, LLM_REQUEST, SESSION_END, SESSION_START, TOOL_CALL
from gateway.model.passage import Capabilities
from gateway.traces.ids import event_id

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[[str], bool]


class CallDeniedError(PermissionError):
    """Policy refuses a call of a traced tool; the text says which rule, where it stands and what to do instead."""


class SessionMeta:
    """What is known of a session: ids, times in seconds since the epoch, and what was counted."""

    def __init__(self, session_id: str, agent_name: str) -> None:
        self.session_id = session_id
        self.agent_name = agent_name
        self.started_at = time.time()
        self.ended_at: float | None = None
        self.tool_calls = 0
        self.llm_requests = 0
        self.errors = 0

    @property
    def total_duration_ms(self) -> float:
        """Milliseconds from the start to the end, or to now."""
        return round(((self.ended_at or time.time()) - self.started_at) * 1000, 3)

    def __repr__(self) -> str:
        return f"SessionMeta(session_id={self.session_id!r}, tool_calls={self.tool_calls}, errors={self.errors})"


class Session:
    """A running session: passes calls through the checkpoint and counts them."""

    def __init__(self, name: str, *, settings: Settings, guarded: bool, ask: Ask | None) -> None:
        self.meta = SessionMeta(uuid.uuid4().hex[:16], name)
        self.guarded = guarded
        self.ask = ask
        self.cwd = os.getcwd()
        self._checkpoint = Checkpoint(settings)
        self._lock = threading.Lock()
        self._checkpoint.start(self.id, self._known(), cwd=self.cwd)
        self.note(SESSION_START, {"agent_name": name, "mode": "decorator"})

    @property
    def id(self) -> str:
        """The session's id."""
        return self.meta.session_id

    def _known(self) -> dict[str, Any]:
        known = {
            "session_id": self.id,
            "agent_name": self.meta.agent_name,
            "started_at": self.meta.started_at,
            "command": "decorator",
        }
        return known | {"attribution": attribution(self.cwd, "python")}

    def note(
        self, kind: str, data: dict[str, Any], *, call: str = "", parent: str = "", duration_ms: float | None = None
    ) -> None:
        """Record something that is not judged. Raises RuntimeError when it cannot be recorded."""
        with self._lock:
            self._count(kind)
            answer = event_id(self.id, parent) if parent else ""
            problem = self._checkpoint.note(
                kind, self.id, data, cwd=self.cwd, call=call, parent=answer, duration_ms=duration_ms
            )
        if problem:
            raise RuntimeError(f"agent-strace: not recorded: {problem}")

    def before(self, tool: str, arguments: dict[str, Any], call: str) -> dict[str, Any]:
        """Judge and record a call; return the arguments to go on with. Raises CallDeniedError."""
        with self._lock:
            self._count(TOOL_CALL)
            passage = self._checkpoint.before(
                ToolCall(tool, arguments, id=call, session=self.id, agent="python", cwd=self.cwd)
            )
        if self.guarded and not (
            passage.effect == ALLOW or (passage.effect == ASK and self.ask is not None and self.ask(passage.text))
        ):
            raise CallDeniedError(passage.text)
        return dict(passage.call.arguments) if passage.rewritten else arguments  # type: ignore[call-overload]

    def after(self, tool: str, output: object, call: str, *, failed: bool, duration_ms: float) -> tuple[object, bool]:
        """Record what came back; return (what to hand back, whether it differs). Raises CallDeniedError when it may not
        be handed back.
        """
        with self._lock:
            if failed:
                self._count(ERROR)
            result = ToolResult(
                tool,
                output,
                id=call,
                session=self.id,
                agent="python",
                failed=failed,
                duration_ms=duration_ms,
                cwd=self.cwd,
            )
            returned = self._checkpoint.after(result)
        problem = returned.withheld or returned.refused
        if problem and (self.guarded or (returned.withheld and not returned.unsure)):
            raise CallDeniedError(f"agent-strace: the result is held back: {problem}")
        return returned.result.output, returned.changed

    def end(self) -> SessionMeta:
        """Record the end and return what is known."""
        self.meta.ended_at = time.time()
        counted = {
            "tool_calls": self.meta.tool_calls,
            "llm_requests": self.meta.llm_requests,
            "errors": self.meta.errors,
        }
        self.note(SESSION_END, {"duration_ms": self.meta.total_duration_ms, **counted})
        return self.meta

    def _count(self, kind: str) -> None:
        if kind == TOOL_CALL:
            self.meta.tool_calls += 1
        elif kind == LLM_REQUEST:
            self.meta.llm_requests += 1
        elif kind == ERROR:
            self.meta.errors += 1


def settings_for(*, asks: bool, redact: bool, mask: bool, observe: bool, trace_dir: str, policy: str) -> Settings:
    """Return the settings of a program's checkpoint; `redact` also cleans what the program gets to see where the policy
    says `forward`.
    """
    del redact  # credentials never reach the record, asked for or not
    return Settings(
        Capabilities(blocks=True, asks=asks, rewrites_arguments=True, rewrites_results=True),
        trace_dir=os.path.abspath(trace_dir) if trace_dir else os.environ.get("AGENT_TRACE_DIR", ""),
        policy_file=os.path.abspath(policy) if policy else "",
        observe=observe,
        mask=mask,
    )


_here: contextvars.ContextVar[Session | None] = contextvars.ContextVar("agent_strace_session", default=None)
_last: list[Session] = []


def enter(session: Session) -> None:
    """Make a session the current one of this context and of threads that have none of their own."""
    _here.set(session)
    _last.append(session)


def leave() -> Session | None:
    """Return the current session and forget it."""
    session = current()
    if session is not None:
        _here.set(None)
        _last.remove(session)
    return session


def current() -> Session | None:
    """Return the session that calls from here belong to, None where none was started."""
    session = _here.get()
    return session if session in _last else _last[-1] if _last else None
