"""What an agent's payload is once read, and the reply: what the agents' modules and the hook process hand each other.
Pure.
"""

from __future__ import annotations

from gateway.model.call import ToolCall, ToolResult
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class SessionEvent(Record):
    """What happens in a session and is no call: a prompt, a response, a beginning, an end.

    kind   event type
    start  it opens a session, whose meta data is recorded too
    """

    __slots__ = ("cwd", "data", "kind", "session", "start")

    def __init__(self, kind: str, session: str, data: dict[str, Any], *, cwd: str = "/", start: bool = False) -> None:
        self.kind = kind
        self.session = session
        self.data = data
        self.cwd = cwd
        self.start = start


class Arrival(Record):
    """One payload as read: a call to judge, a result, or an event to record.

    folder      the client's own project folder, whose policy holds whatever folder the call names
    transcript  where the client writes the session down, with what it uses of its model, or ""
    unattended  nobody could answer if this call were asked about: a question becomes a denial that waits in `approvals`
    """

    __slots__ = ("call", "event", "folder", "result", "transcript", "unattended")

    def __init__(
        self,
        *,
        call: ToolCall | None = None,
        result: ToolResult | None = None,
        event: SessionEvent | None = None,
        folder: str = "",
        transcript: str = "",
        unattended: bool = False,
    ) -> None:
        self.unattended = unattended
        self.transcript = transcript
        self.call = call
        self.result = result
        self.event = event
        self.folder = folder


class Reply(Record):
    """What a hook process says: bytes for both streams and its exit code."""

    __slots__ = ("code", "stderr", "stdout")

    def __init__(self, code: int = 0, stdout: str = "", stderr: str = "") -> None:
        self.code = code
        self.stdout = stdout
        self.stderr = stderr
