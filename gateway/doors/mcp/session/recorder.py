"""SessionRecorder: how one session writes down what passes: calls and results linked, latency, where each came from."""

from __future__ import annotations

from gateway.doors.mcp.jsonrpc.messages import ERROR as FAILED
from gateway.model.call import ToolCall, ToolResult
from gateway.traces.ids import event_id, made_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gateway.doors.mcp.session.calls import Call
    from gateway.doors.mcp.session.enforcement import Gate
    from gateway.doors.mcp.session.pending_requests import Pending

    Data = dict[str, Any]

AGENT = "mcp-client"
MAX_LATER = 64
"""Most results that are kept to be recorded later."""


class SessionRecorder:
    """One session's record.

    server   the server's name, as policy names it
    session  the session's id
    clock    seconds that only go forward
    deferring  results are recorded after they are handed on, where nothing of them may change; `settle` is then called
               in time
    trouble  why the last result that was kept could not be recorded, or ""
    """

    def __init__(self, gate: Gate, *, server: str, session: str, clock: Callable[[], float]) -> None:
        self.gate = gate
        self.server = server
        self.session = session
        self.clock = clock
        self.began = clock()
        self.trouble = ""
        self.deferring = False
        self._counted = 0
        self._later: list[ToolResult] = []

    def number(self, pending: Pending, call: Call, join: str) -> None:
        """Give a call its place in the session."""
        self._counted += 1
        pending.call = made_id(self.session, self._counted)
        pending.tool = call.tool
        pending.join = join

    def call(self, pending: Pending, call: Call) -> ToolCall:
        """Return a numbered call as the checkpoint takes it."""
        return ToolCall(
            call.tool,
            call.arguments,
            id=pending.call,
            session=self.session,
            agent=AGENT,
            cwd=self.gate.cwd,
            context=self.context(pending),
        )

    def result(self, pending: Pending, output: object, *, failed: bool) -> ToolResult:
        """Return what came back as the checkpoint takes it."""
        return ToolResult(
            pending.tool,
            output,
            id=pending.call,
            session=self.session,
            agent=AGENT,
            failed=failed,
            duration_ms=self.waited(pending),
            cwd=self.gate.cwd,
            context=self.context(pending),
        )

    def later(self, result: ToolResult) -> None:
        """Keep a result to be recorded when there is time: what it answers is recorded already, and nothing of it can
        change.
        """
        self._later.append(result)
        if len(self._later) >= MAX_LATER:
            self.settle()

    def settle(self) -> None:
        """Record what was kept for later."""
        while self._later:
            back = self.gate.after(self._later.pop(0))
            self.trouble = back.refused

    @property
    def unsettled(self) -> bool:
        """Whether something is still to be recorded."""
        return bool(self._later)

    def waited(self, pending: Pending) -> float:
        """Return how long a request has been under way, in milliseconds."""
        return round((self.clock() - pending.start) * 1000, 3)

    def context(self, pending: Pending) -> Data:
        """Return where a call came from: the request's id, and the id under which the client's hook knows it."""
        context: Data = {
            "request_id": pending.key[1],
            "mcp_method": pending.method,
            "mcp_server": {"name": self.server},
        }
        if pending.join:
            context["tool_use_id"] = pending.join
        return context

    def of(self, kind: str, data: Data, pending: Pending) -> None:
        """Record something about a call."""
        parent = event_id(self.session, pending.call)
        self.gate.note(
            kind, self.session, {**data, **self.context(pending)}, parent=parent, duration_ms=self.waited(pending)
        )

    def note(self, kind: str, data: Data) -> str:
        """Record something else; return why that was not possible, or ""."""
        return self.gate.note(kind, self.session, data)


def failed(kind: str) -> bool:
    """Whether an answer of this kind is an error."""
    return kind == FAILED
