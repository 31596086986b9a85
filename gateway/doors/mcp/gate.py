"""Gate: what all conversations with one server share: the checkpoint, the tools that were listed, their pins."""

from __future__ import annotations

from gateway.doors.mcp.calls import full_name
from gateway.doors.mcp.pinning import Pin, difference, pin_of
from gateway.doors.mcp.poison import findings
from gateway.model.call import ToolCall
from gateway.model.decision import Reason
from gateway.model.effects import ASK, DENY
from gateway.model.errors import GatewayError
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from gateway.checkpoint import Checkpoint
    from gateway.model.call import ToolResult
    from gateway.model.passage import Passage, Return

    Data = dict[str, Any]
    Digests = tuple[str, str, str]

    class Pins(Protocol):
        """Where the pins of a server's tools are kept."""

        def kept(self) -> dict[str, Digests]:
            """Return the digests of each tool. Raises GatewayError."""

        def keep(self, found: dict[str, Digests]) -> None:
            """Keep the digests of more tools. Raises GatewayError."""


class Listed(Record):
    """What a server's last listing said of one tool.

    schema   its outputSchema, or None
    changed  what differs from the definition that was seen first or approved since, in words; "" when nothing does
    flags    what has no place in its definition
    """

    __slots__ = ("changed", "flags", "schema")

    def __init__(self, schema: object, changed: str, flags: tuple[str, ...]) -> None:
        self.schema = schema
        self.changed = changed
        self.flags = flags


class Gate:
    """The checkpoint as the conversations with one server use it.

    cwd       folder that relative paths are relative to: the server's own
    pins      where the definitions that were seen are kept; None: nowhere
    approve   the command that approves changed definitions, as people type it
    """

    def __init__(self, checkpoint: Checkpoint, *, cwd: str, pins: Pins | None = None, approve: str = "") -> None:
        self.checkpoint = checkpoint
        self.cwd = cwd
        self.tools: dict[str, Listed] = {}
        self.granted: dict[str, str] = {}
        self._pins = pins
        self._approve = approve

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
        return not any(one.effect == DENY and one.action == 0 and not one.shadow and one.rule != "default" for one in decision.reasons)

    def asks_about(self, server: str, name: str) -> bool:
        """Whether policy asks about a tool whatever its arguments."""
        decision = self.checkpoint.foresee(ToolCall(full_name(server, name), {}, cwd=self.cwd))
        return decision is not None and decision.effect == ASK

    def listed(self, definitions: list[Data]) -> list[str]:
        """Take note of definitions a server lists; return what is to be said about them, one line each."""
        said: list[str] = []
        try:
            kept = self._pins.kept() if self._pins is not None else {}
            trouble = ""
        except GatewayError as error:
            kept, trouble = {}, str(error)
        fresh: dict[str, Digests] = {}
        for one in definitions:
            name = one.get("name")
            if not isinstance(name, str):
                continue
            pin = pin_of(one)
            if name in kept:
                changed = difference(Pin(*kept[name]), pin)
            else:
                changed = trouble
                fresh[name] = (pin.whole, pin.description, pin.schema)
            flags = findings(one)
            self.tools[name] = Listed(one.get("outputSchema"), changed, flags)
            said += [f"the definition of `{name}` has changed: {changed}"] * bool(changed)
            said += [f"the definition of `{name}` holds {flag}" for flag in flags]
        if fresh and self._pins is not None and not trouble:
            try:
                self._pins.keep(fresh)
            except GatewayError as error:
                said.append(str(error))
        return said

    def flags(self, told: object) -> tuple[str, ...]:
        """Return what has no place in what a server tells of itself."""
        return findings(told)

    def found(self, server: str, name: str) -> tuple[Reason, ...]:
        """Return what speaks against a call of a tool by what is known of its definition."""
        known = self.tools.get(name)
        if known is None or not known.changed:
            return ()
        wanted = self._option(server, "pin", default=None)
        if wanted is False:
            return ()
        effect = DENY if wanted or known.flags else ASK
        hint = f"a person can look at it and approve it with `{self._approve}`" if self._approve else "a person must approve it"
        return (Reason(effect, "mcp.pin", f"the definition of `{name}` is not the one that was seen before: {known.changed}", hint=hint),)

    def _option(self, server: str, key: str, *, default: object) -> object:
        try:
            servers = self.checkpoint.policy(self.cwd)["servers"]
        except GatewayError:
            return default
        return servers.get(server, {}).get(key, default)
