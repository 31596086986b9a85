"""One message of the client, posted: judged, passed on, and its answer brought back, whole or as a stream."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from gateway.doors.mcp.http.headers import Pairs, to_client
from gateway.doors.mcp.http.mcp_headers import rewritten
from gateway.doors.mcp.http.oauth import pointed_at
from gateway.doors.mcp.http.relay import MAX_PLACES, UNREACHABLE, Relay, Wire, keys_in, lost
from gateway.doors.mcp.http.responses import PULSE, Stream, body, message, trouble
from gateway.doors.mcp.http.sessions import Session, Waiting
from gateway.doors.mcp.http.upstream import UpstreamError, whole
from gateway.doors.mcp.jsonrpc import messages, responses
from gateway.doors.mcp.jsonrpc.messages import ERROR, REQUEST, RESULT
from gateway.doors.mcp.session.steps import TO_CLIENT, TO_SERVER, Step
from gateway.model.errors import GatewayError, ProtocolError

if TYPE_CHECKING:
    from gateway.doors.mcp.jsonrpc.messages import Arrival, Key

MAX_PAGE = 100_000
"""Most bytes of an answer that is no message."""
_STREAM = "text/event-stream"


class Asked:
    """A request of the client, as far as it was read.

    target   the request target, as the client wrote it
    headers  what of its headers goes on to the server
    base     the proxy as the client dialled it
    origin   the page that asks, "" for none
    """

    __slots__ = ("base", "headers", "origin", "request", "target")

    def __init__(self, request: web.BaseRequest, target: str, headers: Pairs) -> None:
        self.request = request
        self.target = target
        self.headers = headers
        self.base = f"{request.scheme}://{request.headers.get('Host', '')}"
        self.origin = request.headers.get("Origin", "")


class Exchange:
    """One POST of the Streamable HTTP transport.

    begins    who the client is, where the message begins a session that nothing leads to yet; else ""
    readable  whether the message could be read
    """

    def __init__(self, wire: Wire, asked: Asked, session: Session, *, begins: str = "") -> None:
        self.wire = wire
        self.asked = asked
        self.session = session
        self.relay = Relay(wire, session)
        self.begins = begins
        self.onward: list[Key] = []
        self.readable = True

    async def run(self, raw: bytes, arrival: Arrival | None) -> web.StreamResponse:
        """Answer a message; `arrival` is what it holds, where that can be read."""
        self.readable = arrival is not None
        steps = self.session.conversation.from_client(raw, arrival)
        self.onward = self.session.conversation.onward
        if self.session.waiting and b"cancelled" in raw:
            self._let_go(raw)
        try:
            if len(steps) == 1 and steps[0].side == TO_SERVER and steps[0].raw is raw and not self.session.waiting:
                return await self._straight(raw, self.asked.headers)
            return await self._split(raw, steps)
        except asyncio.CancelledError:
            self._gone(raw)
            raise

    async def _straight(self, raw: bytes, headers: Pairs) -> web.StreamResponse:
        """Pass one message on and give its answer as it comes."""
        stream: Stream | None = None
        try:
            async with self.wire.upstream.ask("POST", self.asked.target, headers, raw) as answer:
                back = self._back(answer)
                if answer.content_type == _STREAM and answer.status == 200:
                    stream = Stream(self.asked.request)
                    await stream.start(answer.status, back)
                    await self.relay.pump(answer, stream)
                    return stream.response
                return self._whole(raw, answer.status, await whole(answer), back)
        except (UpstreamError, ProtocolError) as error:
            return await self._torn(raw, error, stream)

    def _back(self, answer: aiohttp.ClientResponse) -> Pairs:
        """Return the headers of an answer for the client. Raises UpstreamError when the answer would lead it
        elsewhere.
        """
        self._settle(answer.headers.get("Mcp-Session-Id", ""), answer.status)
        described = (
            pointed_at(answer.headers.get("WWW-Authenticate", ""), self.wire.address) if answer.status == 401 else ""
        )
        if described and len(self.wire.metadata) < MAX_PLACES:
            self.wire.metadata.add(described)
        there = answer.headers.get("Location", "") if 300 <= answer.status < 400 else ""
        if there and self.wire.address.proxied(there, self.asked.base) is None:
            raise UpstreamError(
                f"the server sends its clients on to `{there[:200]}`, which is not followed",
                "start the proxy with that URL",
            )
        return to_client(answer.headers.items(), self.wire.address, self.asked.base, self.asked.origin)

    def _settle(self, name: str, status: int) -> None:
        """Let later messages find a session, as soon as the client can know of it."""
        if name and not self.session.name:
            self.wire.sessions.name(self.session, name)
            self.begins = ""
        elif self.begins and status < 300:
            self.wire.sessions.adopt(self.session, self.begins)
            self.begins = ""

    def _whole(self, sent: bytes, status: int, raw: bytes, headers: Pairs) -> web.Response:
        """Return an answer that is no stream, with what policy leaves of it."""
        if not raw:
            return body(status, raw, headers)
        if raw.lstrip()[:1] not in (b"{", b"["):
            return self._text(sent, status, raw, headers)
        told = self.relay.judged(raw)
        # What this answer does not answer will have no answer: the next request may have the same id.
        problem = "the server answered something else" if told else "the server's answer cannot be read"
        lost = self._lost(sent, problem) if any(map(self.session.conversation.is_open, self.onward)) else []
        if len(told) == 1:
            return body(status, told[0], headers)
        if told:
            return body(status, b"[" + b",".join(told) + b"]", headers)
        return body(status, lost[0], headers) if lost else trouble(400, "the server's answer cannot be read")

    def _text(self, sent: bytes, status: int, raw: bytes, headers: Pairs) -> web.Response:
        """Return an answer that is no message: an error page goes on as it is, unless policy takes something away from
        it.
        """
        raw = raw[:MAX_PAGE]
        text = raw.decode("utf-8", "replace")
        keys = [key for key in keys_in(sent) if self.session.conversation.is_open(key)]
        for key in keys:
            made = responses.raw(responses.error(key[1], text, UNREACHABLE))
            told = self.relay.judged(made)
            if status < 400 or told != [made]:
                return message(b"".join(told[:1]) or lost(key, "the server's answer cannot be read"))
        return body(status, raw, headers)

    async def _torn(self, raw: bytes, error: GatewayError, stream: Stream | None) -> web.StreamResponse:
        """Answer in the server's place, so that nobody waits for what will not come."""
        self.wire.log.warning("no answer from the server", problem=str(error))
        if stream is None:
            lost = self._lost(raw, error)
            return (
                message(lost[0] if len(lost) == 1 else b"[" + b",".join(lost) + b"]")
                if lost
                else trouble(502, str(error))
            )
        if self.relay.resumable and self.session.name:
            # The client asks for the rest with Last-Event-ID, as it would without a proxy.
            if self.asked.request.transport is not None:
                self.asked.request.transport.abort()
            return stream.response
        for item in self._lost(raw, error):
            await stream.event(item)
        return stream.response

    def _lost(self, raw: bytes, error: GatewayError | str) -> list[bytes]:
        """Return answers to the requests that have none yet, as the client may see them."""
        keys = sorted((key for key in keys_in(raw) if self.session.conversation.is_open(key)), key=str)
        return [item for key in keys for item in self.relay.judged(lost(key, error))]

    def _gone(self, raw: bytes) -> None:
        """The client went away: where it cannot come back for the answer, its requests are over."""
        if not self.session.name:
            self._lost(raw, "the client closed the connection")

    async def _split(self, raw: bytes, steps: tuple[Step, ...]) -> web.StreamResponse:
        """Answer a message of which only a part, something else or nothing goes on."""
        own = keys_in(raw)
        mine = [step for step in steps if not self._released(step, own)]
        open_keys = own - {key for step in mine for key in _keys(step.raw)}
        onward = [step.raw for step in mine if step.side == TO_SERVER]
        back = [step.raw for step in mine if step.side == TO_CLIENT]
        if open_keys or (onward and back):
            return await self._held(raw, onward, back, Waiting(open_keys))
        if onward:
            for item in onward[:-1]:
                self.wire.errand(self.session, item)
            return await self._straight(onward[-1], self._headers(raw, onward[-1]))
        if not back:
            return body(202, b"", []) if self.readable else trouble(400, "the message cannot be read")
        if not own and self.readable:
            return await self._aside(back)
        # One refusal, or the array of them that answers a batch.
        return message(back[0] if len(back) == 1 else b"[" + b",".join(back) + b"]", 200 if self.readable else 400)

    async def _aside(self, back: list[bytes]) -> web.Response:
        """Give the client something that answers nothing it has just sent."""
        for item in back:
            if self.session.outlet is not None:
                await self.session.outlet.event(item)
            else:
                self.wire.log.warning("dropped a message to the client", reason="it has no stream open")
        return body(202, b"", [])

    async def _held(self, raw: bytes, onward: list[bytes], back: list[bytes], waiting: Waiting) -> web.StreamResponse:
        """Keep the answer open as a stream until the last of its requests is answered."""
        stream = Stream(self.asked.request)
        self.session.waiting.append(waiting)
        try:
            for item in back:
                await stream.event(item)
            for item in onward:
                await self._into(stream, item, self._headers(raw, item))
            while waiting.keys:
                try:
                    side, item = await asyncio.wait_for(waiting.released.get(), PULSE)
                except TimeoutError:
                    await stream.pulse()
                    continue
                waiting.keys -= _keys(item)
                if side == TO_SERVER:
                    await self._into(stream, item, self._headers(raw, item))
                elif item:
                    await stream.event(item)
        except asyncio.CancelledError:
            self._give_up(waiting)
            raise
        finally:
            self.session.waiting.remove(waiting)
        return stream.response

    async def _into(self, stream: Stream, raw: bytes, headers: Pairs) -> None:
        """Pass a message on and write what comes back to a stream that is open already."""
        try:
            async with self.wire.upstream.ask("POST", self.asked.target, headers, raw) as answer:
                self._back(answer)
                if answer.content_type == _STREAM:
                    await self.relay.pump(answer, stream)
                    return
                found = await whole(answer)
                for item in (
                    self.relay.judged(found)
                    if found.lstrip()[:1] in (b"{", b"[")
                    else self._lost(raw, f"the server answered {answer.status}")
                ):
                    await stream.event(item)
        except (UpstreamError, ProtocolError) as error:
            self.wire.log.warning("no answer from the server", problem=str(error))
            for item in self._lost(raw, error):
                await stream.event(item)

    def _released(self, step: Step, own: set[Key]) -> bool:
        """Hand a step to the request it is about, where that is another one that waits."""
        if not self.session.waiting:
            return False
        for key in _keys(step.raw) - own:
            owner = self.session.waits_for(key)
            if owner is not None:
                owner.released.put_nowait((step.side, step.raw))
                return True
        return False

    def _let_go(self, raw: bytes) -> None:
        """End the wait for a request that the client has cancelled."""
        for key in _cancelled(raw):
            owner = self.session.waits_for(key)
            if owner is not None:
                owner.keys.discard(key)
                owner.released.put_nowait((TO_CLIENT, b""))

    def _give_up(self, waiting: Waiting) -> None:
        for key in waiting.keys:
            note = {
                "jsonrpc": "2.0",
                "method": "notifications/cancelled",
                "params": {"requestId": key[1], "reason": "the client went away"},
            }
            self.session.conversation.from_client(responses.raw(note))

    def _headers(self, before: bytes, after: bytes) -> Pairs:
        if before is after or not any(name.startswith(("mcp-name", "mcp-param-")) for name, _ in self.asked.headers):
            return self.asked.headers
        return rewritten(self.asked.headers, _value(before), _value(after), self.wire.mirrors)


def _keys(raw: bytes) -> set[Key]:
    """Return the ids of the requests in a message and of those that it answers."""
    return keys_in(raw) | keys_in(raw, RESULT) | keys_in(raw, ERROR)


def _value(raw: bytes) -> object:
    try:
        return messages.parse(raw, trusted=True)
    except ProtocolError:
        return None


def _cancelled(raw: bytes) -> set[Key]:
    """Return the ids of the requests that a message cancels."""
    found = set()
    try:
        for item in messages.read(raw).items:
            if item.kind != REQUEST and item.method == "notifications/cancelled":
                found.add(messages.key_of(item.params.get("requestId")))
    except ProtocolError:
        pass
    return found
