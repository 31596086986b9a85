"""What the server says on its way to the client: judged message by message, event by event, and passed on as it
arrives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import aiohttp

from gateway.doors.mcp.http.address import Address
from gateway.doors.mcp.http.headers import Pairs
from gateway.doors.mcp.http.mcp_headers import Path, mirrors_in
from gateway.doors.mcp.http.responses import Stream
from gateway.doors.mcp.http.sessions import Session, Sessions
from gateway.doors.mcp.http.upstream import Upstream, UpstreamError, chunks
from gateway.doors.mcp.jsonrpc import messages, responses, sse
from gateway.doors.mcp.jsonrpc.messages import REQUEST
from gateway.doors.mcp.session.steps import TO_CLIENT
from gateway.host.operator_log import Log
from gateway.model.errors import GatewayError, ProtocolError

if TYPE_CHECKING:
    from gateway.doors.mcp.jsonrpc.messages import Key

UNREACHABLE = 2
"""JSON-RPC code for an answer that the server never gave; outside of what JSON-RPC and MCP reserve."""
MAX_PLACES = 64
"""Most places of metadata that are remembered."""
MAX_ERRANDS = 256
"""Most messages of the proxy's own that are under way to the server."""
_MESSAGE = (b"", b"message")
_PER_MESSAGE = ("mcp-method", "mcp-name", "mcp-param-", "last-event-id")


class Wire:
    """What every request of a proxy shares.

    mirrors   which arguments of which tool are repeated in headers, as the server's definitions say
    metadata  further paths at which the server said that its sign-in is described
    """

    def __init__(self, upstream: Upstream, sessions: Sessions, log: Log) -> None:
        self.upstream = upstream
        self.address: Address = upstream.address
        self.sessions = sessions
        self.log = log
        self.mirrors: dict[str, dict[str, Path]] = {}
        self.metadata: set[str] = set()
        self._errands: set[asyncio.Task[None]] = set()

    def errand(self, session: Session, raw: bytes) -> None:
        """Send the server a message of our own; what it answers to that is of no interest."""
        if len(self._errands) >= MAX_ERRANDS:
            self.log.warning("dropped a message to the server", reason="too many under way")
            return
        task = asyncio.ensure_future(self._sent(session, raw))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def _sent(self, session: Session, raw: bytes) -> None:
        headers: Pairs = [(name, value) for name, value in session.headers if not name.startswith(_PER_MESSAGE)]
        try:
            async with self.upstream.ask("POST", session.place or "/", headers, raw):
                pass
        except UpstreamError as error:
            self.log.warning("a message to the server was lost", problem=str(error))


class Relay:
    """The way back to one client."""

    def __init__(self, wire: Wire, session: Session, endpoint: Callable[[bytes], bytes] | None = None) -> None:
        self.wire = wire
        self.session = session
        self._endpoint = endpoint
        self.resumable = False

    def judged(self, raw: bytes) -> list[bytes]:
        """Return what the client gets of a message of the server: the same bytes, others, or none."""
        conversation = self.session.conversation
        steps = conversation.from_server(raw)
        if conversation.unsettled:
            # the answer is written before the loop comes round again
            asyncio.get_running_loop().call_soon(conversation.settle)
        if conversation.definitions:
            self._learn(conversation.definitions)
        if len(steps) == 1 and steps[0].side == TO_CLIENT:
            return [steps[0].raw]
        for step in steps:
            if step.side != TO_CLIENT:
                self.wire.errand(self.session, step.raw)
        return [step.raw for step in steps if step.side == TO_CLIENT]

    def _learn(self, definitions: list[dict[str, object]]) -> None:
        mirrors = mirrors_in(definitions)
        if any(mirrors.values()) and len(self.wire.mirrors) + len(mirrors) <= 100_000:
            self.wire.mirrors.update(mirrors)

    def event(self, event: sse.Event) -> bytes:
        """Return what the client gets of an event: its own bytes where nothing changes."""
        if event.id is not None:
            self.resumable = True
        if not event.data:
            return event.raw
        if event.name == b"endpoint" and self._endpoint is not None:
            place = self._endpoint(event.data)
            return event.raw if place == event.data else event.carrying(place)
        if event.name not in _MESSAGE and not event.data.lstrip().startswith((b"{", b"[")):
            return event.raw
        told = self.judged(event.data)
        if len(told) == 1 and told[0] == event.data:
            return event.raw
        if not told:
            return event.emptied()
        return b"".join(sse.event(raw) for raw in told[:-1]) + event.carrying(told[-1])

    async def pump(self, answer: aiohttp.ClientResponse, stream: Stream) -> None:
        """Pass a stream on, event by event, as it arrives. Raises UpstreamError when it is torn, ProtocolError when it
        is no stream.
        """
        reader = sse.Reader()
        async for chunk in chunks(answer):
            out = b"".join([self.event(item) for item in reader.feed(chunk)])
            if out:
                await stream.write(out)


def keys_in(raw: bytes, kind: str = REQUEST) -> set[Key]:
    """Return the ids of the requests in a raw message; none when it cannot be read."""
    try:
        return messages.read(raw, trusted=True).asked(kind)
    except ProtocolError:
        return set()


def lost(key: Key, error: GatewayError | str) -> bytes:
    """Return the answer to a request that the server did not answer."""
    return responses.raw(responses.error(key[1], f"agent-strace: {error}", UNREACHABLE))
