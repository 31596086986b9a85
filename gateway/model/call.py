"""ToolCall and ToolResult: what a door has read off its wire. Pure."""

from __future__ import annotations

from gateway.model.action import Action
from gateway.model.record import Record


class ToolCall(Record):
    """One call of one tool, before it happens.

    id         the client's own id of the call, or "" where it has none
    session    the client's session id, verbatim (never a path by itself)
    agent      who calls, by the name its door has
    tool       the tool's name as the client spells it
    arguments  its arguments, any JSON value
    actions    what it would do
    cwd        absolute folder that relative paths are relative to
    context    what else the client told (agent_id, permission_mode, …), recorded as it is
    """

    __slots__ = ("actions", "agent", "arguments", "context", "cwd", "id", "session", "tool")

    def __init__(
        self,
        tool: str,
        arguments: object,
        *,
        id: str = "",
        session: str = "",
        agent: str = "",
        actions: tuple[Action, ...] = (),
        cwd: str = "/",
        context: dict[str, object] | None = None,
    ) -> None:
        self.tool = tool
        self.arguments = arguments
        self.id = id
        self.session = session
        self.agent = agent
        self.actions = actions
        self.cwd = cwd
        self.context = context or {}


class ToolResult(Record):
    """What came back from a call.

    output       the result, any JSON value; or the error's text when `failed`
    duration_ms  as the client measured it, or None
    """

    __slots__ = ("agent", "context", "cwd", "duration_ms", "failed", "id", "output", "session", "tool")

    def __init__(
        self,
        tool: str,
        output: object,
        *,
        id: str = "",
        session: str = "",
        agent: str = "",
        failed: bool = False,
        duration_ms: float | None = None,
        cwd: str = "/",
        context: dict[str, object] | None = None,
    ) -> None:
        self.tool = tool
        self.output = output
        self.id = id
        self.session = session
        self.agent = agent
        self.failed = failed
        self.duration_ms = duration_ms
        self.cwd = cwd
        self.context = context or {}
