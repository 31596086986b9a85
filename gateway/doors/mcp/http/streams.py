"""The client's open streams: what the server says without being asked, and the older transport whose every answer comes
this way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from gateway.doors.mcp.http.exchange import Asked
from gateway.doors.mcp.http.headers import to_client
from gateway.doors.mcp.http.relay import Relay, Wire, keys_in, lost
from gateway.doors.mcp.http.responses import Stream, body, trouble
from gateway.doors.mcp.http.sessions import Session
from gateway.doors.mcp.http.upstream import UpstreamError, whole
from gateway.doors.mcp.session.steps import TO_CLIENT, TO_SERVER
from gateway.model.errors import ProtocolError

if TYPE_CHECKING:
    from gateway.doors.mcp.jsonrpc.messages import Arrival


class Listening:
    """One GET of a client that wants to listen."""

    def __init__(self, wire: Wire, asked: Asked) -> None:
        self.wire = wire
        self.asked = asked
        name = asked.request.headers.get("Mcp-Session-Id", "")
        self.session = wire.sessions.named(name) if name else wire.sessions.new()
        self._fresh = not name

    async def run(self) -> web.StreamResponse:
        """Pass the server's stream on until one side ends it."""
        self.session.users += 1
        if not self.session.headers:
            self.session.headers = self.asked.headers
        stream: Stream | None = None
        try:
            async with self.wire.upstream.ask("GET", self.asked.target, self.asked.headers) as answer:
                back = to_client(answer.headers.items(), self.wire.address, self.asked.base, self.asked.origin)
                if answer.content_type != "text/event-stream" or answer.status != 200:
                    return body(answer.status, await whole(answer), back)
                stream = Stream(self.asked.request)
                await stream.start(answer.status, back)
                self.session.outlet = stream
                await Relay(self.wire, self.session, self._endpoint).pump(answer, stream)
        except (UpstreamError, ProtocolError) as error:
            self.wire.log.warning("a stream broke off", problem=str(error))
            if stream is None:
                return trouble(502, str(error))
            if self.asked.request.transport is not None:
                self.asked.request.transport.abort()
        finally:
            self._over(stream)
        return stream.response

    def _endpoint(self, data: bytes) -> bytes:
        """Return where the client is to post to, as an address of the proxy; from now on that address leads to this
        session. Raises ProtocolError.
        """
        text = data.decode("utf-8", "replace").strip()
        here = self.wire.address.proxied(text, self.asked.base)
        if here is None:
            raise ProtocolError(f"the server sends its client to another place: `{text[:200]}`")
        place = self.wire.address.absolute(text)
        self.wire.sessions.place(self.session, place)
        self.session.legacy = True
        return data if here == text and text.startswith("/") else place.encode()

    def _over(self, stream: Stream | None) -> None:
        self.session.users -= 1
        if stream is not None and self.session.outlet is stream:
            self.session.outlet = None
        if self._fresh:
            self.wire.sessions.end(self.session, ended="the stream was closed")


async def post_legacy(
    wire: Wire, asked: Asked, session: Session, raw: bytes, arrival: Arrival | None
) -> web.StreamResponse:
    """Answer a POST of the older transport: it is only taken; what comes of it goes onto the session's stream."""
    answered: web.Response | None = None
    for step in session.conversation.from_client(raw, arrival):
        if step.side == TO_CLIENT:
            await _told(wire, session, step.raw)
        elif step.side == TO_SERVER:
            answered = await _posted(wire, asked, session, step.raw)
    return answered or body(202, b"Accepted", [("Content-Type", "text/plain")])


async def _posted(wire: Wire, asked: Asked, session: Session, raw: bytes) -> web.Response:
    try:
        async with wire.upstream.ask("POST", asked.target, asked.headers, raw) as answer:
            back = to_client(answer.headers.items(), wire.address, asked.base, asked.origin)
            found = await whole(answer)
    except UpstreamError as error:
        wire.log.warning("no answer from the server", problem=str(error))
        for key in keys_in(raw):
            for item in Relay(wire, session).judged(lost(key, error)):
                await _told(wire, session, item)
        return body(202, b"Accepted", [("Content-Type", "text/plain")])
    if answer.status >= 400:
        for key in keys_in(raw):
            Relay(wire, session).judged(lost(key, f"the server answered {answer.status}"))
    return body(answer.status, found, back)


async def _told(wire: Wire, session: Session, raw: bytes) -> None:
    if session.outlet is None:
        wire.log.warning("dropped a message to the client", reason="its stream is closed")
        return
    await session.outlet.event(raw)
