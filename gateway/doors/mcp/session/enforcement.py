"""Gate: what all conversations with one server share: the checkpoint, the tools that were listed, their pins."""

from __future__ import annotations

from gateway.doors.mcp.session.calls import full_name
from gateway.doors.mcp.session.pinned_definitions import Pinned, effect_of
from gateway.doors.mcp.session.tool_poisoning import findings
from gateway.model.call import ToolCall
from gateway.model.decision import Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.errors import GatewayError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gateway.checkpoint import Checkpoint
    from gateway.doors.mcp.session.pinned_definitions import Listed, Page, Pins
    from gateway.model.call import ToolResult
    from gateway.model.passage import Passage, Return

    Data = dict[str, Any]

MAX_TOLD = 1000
"""Most different lines that the person at the terminal is told about a server's definitions."""


class Gate:
    """The checkpoint as the conversations with one server use it.

    cwd       folder that relative paths are relative to: the server's own
    pins      where the definitions that were seen are kept; None: nowhere
    approve   the command that approves changed definitions, as people type it
    tell      tells the person who runs the proxy, in one line, what became of a server's tools
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        *,
        cwd: str,
        pins: Pins | None = None,
        approve: str = "",
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self.checkpoint = checkpoint
        self.cwd = cwd
        self.granted: dict[str, str] = {}
        self._pinned = Pinned(pins)
        self._approve = approve
        self._tell = tell
        self._told: set[str] = set()

    @property
    def tools(self) -> dict[str, Listed]:
        """What the server's last listing said of each tool."""
        return self._pinned.tools

    def start(self, session: str, known: Data) -> str:
        """Record what is known of a session when it starts; return why that was not possible, or ""."""
        try:
            self.checkpoint.start(session, known, cwd=self.cwd)
        except GatewayError as error:
            return str(error)
        return ""

    def before(self, call: ToolCall, *, asks: bool, found: tuple[Reason, ...] = ()) -> Passage:
        """Judge and record a call. See Checkpoint.before."""
        return self.checkpoint.before(call, found=found, asks=asks)

    def after(self, result: ToolResult) -> Return:
        """Record what came back; return what may be handed on."""
        return self.checkpoint.after(result)

    def note(self, kind: str, session: str, data: Data, *, parent: str = "", duration_ms: float | None = None) -> str:
        """Record what is not a call; return why that was not possible, or ""."""
        return self.checkpoint.note(kind, session, data, cwd=self.cwd, parent=parent, duration_ms=duration_ms)

    @property
    def observes(self) -> bool:
        """Whether nothing is refused."""
        return self.checkpoint.settings.observe

    def forwards(self) -> bool:
        """Whether something is taken out of what passes."""
        return self.checkpoint.forwards(self.cwd)

    def passing(self, value: object) -> tuple[object, bool]:
        """Return (what may pass of a value, whether it differs). Raises GatewayError."""
        return self.checkpoint.passing(value, self.cwd)

    def shows(self, server: str, name: str) -> bool:
        """Whether a listing shows a tool: one that policy refuses whatever its arguments is left out."""
        tool = full_name(server, name)
        decision = self.checkpoint.foresee(ToolCall(tool, {}, cwd=self.cwd))
        if decision is None or not self._option(server, "hide_denied", default=True):
            return True
        return not any(
            reason.effect == DENY and reason.action == 0 and not reason.shadow and reason.rule != "default"
            for reason in decision.reasons
        )

    def asks_about(self, server: str, name: str) -> bool:
        """Whether policy asks about a tool whatever its arguments."""
        decision = self.checkpoint.foresee(ToolCall(full_name(server, name), {}, cwd=self.cwd))
        return decision is not None and decision.effect == ASK

    def listed(self, server: str, entries: list[Any]) -> Page:
        """Take note of what a server lists; return what is shown of it. A change is told to whoever runs the proxy,
        each once.
        """
        page = self._pinned.page(entries, self._option(server, "pin", default=None), observes=self.observes)
        for line in page.said:
            if self._tell is not None and line not in self._told and len(self._told) < MAX_TOLD:
                self._told.add(line)
                self._tell(line)
        return page

    def flags(self, told: object) -> tuple[str, ...]:
        """Return what has no place in what a server tells of itself."""
        return findings(told)

    def found(self, server: str, name: str) -> tuple[Reason, ...]:
        """Return what speaks against a call of a tool by what is known of its definition."""
        known = self.tools.get(name)
        if known is None or not known.changed:
            return ()
        effect = effect_of(known.changed, known.flags, self._option(server, "pin", default=None))
        if effect == ALLOW:
            return ()
        hint = (
            f"a person can look at it and approve it with `{self._approve}`"
            if self._approve
            else "a person must approve it"
        )
        return (
            Reason(
                effect,
                "mcp.pin",
                f"the definition of `{name}` is not the one that was seen before: {known.changed}",
                hint=hint,
            ),
        )

    def _option(self, server: str, key: str, *, default: object) -> object:
        try:
            servers = self.checkpoint.policy(self.cwd)["servers"]
        except GatewayError:
            return default
        return servers.get(server, {}).get(key, default)
