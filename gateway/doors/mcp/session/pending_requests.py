"""What a conversation remembers between messages: requests without an answer yet, calls a person is asked about, one
turn's outcome. Pure.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.doors.mcp.jsonrpc.messages import Key

    Data = dict[str, Any]


class Pending:
    """One request that the other side has not answered.

    key        its id with its JSON type
    method     what it asks for
    start      when it was passed on
    stateless  it came under a revision without sessions
    call       id of the judged call it is, or ""
    tool       the tool's name as policy knows it
    name       the tool's own name, or ""
    task       id of the task it asks about, or ""
    join       id under which the client's hook knows the call, or ""
    cancelled  the one who asked has given up
    """

    __slots__ = ("call", "cancelled", "join", "key", "method", "name", "start", "stateless", "task", "tool")

    def __init__(self, key: Key, method: str, *, start: float, stateless: bool = False) -> None:
        self.key = key
        self.method = method
        self.start = start
        self.stateless = stateless
        self.call = ""
        self.tool = ""
        self.name = ""
        self.task = ""
        self.join = ""
        self.cancelled = False


class Held:
    """A call that waits for a person's answer, as it will go on when it is allowed."""

    __slots__ = ("message", "pending", "text")

    def __init__(self, pending: Pending, message: Data, text: str) -> None:
        self.pending = pending
        self.message = message
        self.text = text


class Turn:
    """What becomes of one raw message: what goes on of it, what else is sent the same way, what is sent back."""

    __slots__ = ("changed", "kept", "raw", "replies", "sent")

    def __init__(self) -> None:
        self.kept: list[Data] = []
        self.sent: list[Data] = []
        self.replies: list[Data] = []
        self.changed = False
        self.raw: bytes | None = None

    def keep(self, message: Data, *, changed: bool = False) -> None:
        """Let a message go on."""
        self.kept.append(message)
        self.changed = self.changed or changed

    def answer(self, message: Data) -> None:
        """Let another message go on in its place."""
        self.keep(message, changed=True)

    def instead(self, raw: bytes) -> None:
        """Let other bytes go on in the place of the one message that came."""
        self.raw = raw

    def send(self, message: Data) -> None:
        """Send a message on that was held back earlier."""
        self.sent.append(message)

    def reply(self, message: Data) -> None:
        """Send a message back to where this one came from."""
        self.replies.append(message)
