"""Gate: what all conversations with one server share on their way to the checkpoint."""

from __future__ import annotations

from gateway.model.errors import GatewayError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.checkpoint import Checkpoint
    from gateway.model.call import ToolCall, ToolResult
    from gateway.model.decision import Reason
    from gateway.model.passage import Passage, Return

    Data = dict[str, Any]


class Gate:
    """The checkpoint as the conversations with one server use it.

    identity  what the server is, told by those who start it (its command or URL), never by itself
    cwd       folder that relative paths are relative to: the server's own
    """

    def __init__(self, checkpoint: Checkpoint, *, identity: str, cwd: str) -> None:
        self.checkpoint = checkpoint
        self.identity = identity
        self.cwd = cwd

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
