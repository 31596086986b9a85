"""Steps: what comes of one turn of a conversation, as messages to send and to which side. Pure."""

from __future__ import annotations

from gateway.doors.mcp.jsonrpc import responses
from gateway.doors.mcp.session.calls import TOOLS_CALL
from gateway.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gateway.doors.mcp.jsonrpc.messages import Arrival, Envelope
    from gateway.doors.mcp.session.pending_requests import Turn
    from gateway.model.passage import Passage

    Data = dict[str, Any]

TO_SERVER = "server"
TO_CLIENT = "client"


class Step(Record):
    """One raw message to send, and to which side."""

    __slots__ = ("raw", "side")

    def __init__(self, side: str, raw: bytes) -> None:
        self.side = side
        self.raw = raw


def steps_of(arrival: Arrival, turn: Turn, raw: bytes, onward: str) -> tuple[Step, ...]:
    """Return one turn's outcome as messages to send, in their order."""
    steps = []
    back = TO_CLIENT if onward == TO_SERVER else TO_SERVER
    if turn.raw is not None:
        steps.append(Step(onward, turn.raw))
    elif turn.kept and not turn.changed and len(turn.kept) == len(arrival.items):
        steps.append(Step(onward, raw))
    elif turn.kept:
        steps.append(Step(onward, responses.raw(turn.kept if arrival.batch else turn.kept[0])))
    steps += [Step(onward, responses.raw(message)) for message in turn.sent]
    if arrival.batch and len(turn.replies) > 1:
        steps.append(Step(back, responses.raw(turn.replies)))
    else:
        steps += [Step(back, responses.raw(message)) for message in turn.replies]
    return tuple(steps)


def can_rewrite(item: Envelope) -> bool:
    """Whether a message has a part that policy may change on its way to the server."""
    return item.method in (TOOLS_CALL, "prompts/get") or isinstance(item.params.get("uri"), str)


def rewritten_part(item: Envelope, passage: Passage) -> Data:
    """Return the params of a call that policy has changed."""
    arguments = passage.call.arguments
    if not passage.rewritten:
        return {}
    if item.method in (TOOLS_CALL, "prompts/get"):
        return {"arguments": arguments}
    return {"uri": arguments["uri"]} if isinstance(arguments, dict) else {}
