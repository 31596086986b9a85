"""The HTTP proxy: one port for the clients, one server behind it, and every message between them judged on the way."""

from __future__ import annotations

import asyncio
import hashlib
import signal
from collections.abc import Callable

import aiohttp
from aiohttp import web

from gateway.doors.mcp.http.access_control import Guard
from gateway.doors.mcp.http.address import METADATA, SIGN_IN, Address
from gateway.doors.mcp.http.exchange import Asked, Exchange
from gateway.doors.mcp.http.headers import to_client, to_server
from gateway.doors.mcp.http.listener import Listener
from gateway.doors.mcp.http.mcp_headers import mismatch, repeated
from gateway.doors.mcp.http.oauth import PROTECTED_RESOURCE, is_sign_in, metadata
from gateway.doors.mcp.http.relay import Wire, keys_in
from gateway.doors.mcp.http.responses import body, message, trouble
from gateway.doors.mcp.http.sessions import Sessions
from gateway.doors.mcp.http.streams import Listening, post_legacy
from gateway.doors.mcp.http.upstream import MAX_BODY, Upstream, UpstreamError, whole
from gateway.doors.mcp.jsonrpc import messages as envelope
from gateway.doors.mcp.jsonrpc import responses
from gateway.doors.mcp.jsonrpc.messages import Arrival
from gateway.doors.mcp.session.conversation import Conversation
from gateway.host.operator_log import Log, told_to
from gateway.model.errors import GatewayError, ProtocolError

HEADER_MISMATCH = -32020
"""MCP 2026-07-28: the code of a message whose headers say something else than its body."""
SLOW = 60.0
"""Seconds that a client may let pass between two pieces of a message."""
GRACE = 1.0
"""Seconds that answers under way get when the proxy is told to stop."""
SWEEP = 300.0
_ENCODINGS = ("", "identity", "gzip", "deflate")
_METHODS = ("GET", "POST", "DELETE", "OPTIONS")


class HttpProxy:
    """A running proxy.

    begin  returns the conversation of a new session
    """

    def __init__(self, address: Address, guard: Guard, begin: Callable[[], Conversation], log: Log) -> None:
        self.address = address
        self.guard = guard
        self.wire = Wire(Upstream(address), Sessions(begin), log)
        self._log = log
        self._runner: web.ServerRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; return the port. Raises GatewayError when that is not possible."""
        await self.wire.upstream.start()
        server = Listener(self._answer, told_to(self._log))
        self._runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=GRACE)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port, reuse_address=True, backlog=1024).start()
        except OSError as error:
            await self.stop()
            raise GatewayError(
                f"cannot listen on {host}:{port}: {error.strerror or error}", "choose another --port"
            ) from error
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening, end every stream, close every session."""
        if self._runner is not None:
            await self._runner.cleanup()
        await self.wire.upstream.stop()
        self.wire.sessions.end_all()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        admission = self.guard.admit(request.raw_path, request.headers)
        if admission.status:
            self._log.warning("turned away", method=request.method, problem=admission.problem)
            return trouble(admission.status, admission.problem)
        target = request.raw_path
        path = target.partition("?")[0]
        if request.method not in _METHODS:
            return trouble(405, f"the method {request.method[:20]} is not passed on")
        if (
            not self.address.serves(path)
            and path not in self.wire.metadata
            and self.wire.sessions.placed(target) is None
        ):
            return trouble(404, "there is nothing behind this path")
        asked = Asked(request, target, to_server(request.headers.items(), admission.spent))
        try:
            return await self._served(asked, path)
        except UpstreamError as error:
            self._log.warning("no answer from the server", problem=str(error))
            return trouble(502, str(error))
        except (ConnectionError, aiohttp.ClientConnectionResetError):
            # The client went away while it was answered.
            raise asyncio.CancelledError from None

    async def _served(self, asked: Asked, path: str) -> web.StreamResponse:
        method = asked.request.method
        if method == "POST":
            return await self._posted(asked, path)
        if method == "GET" and not path.startswith(METADATA) and path not in SIGN_IN | self.wire.metadata:
            return await Listening(self.wire, asked).run()
        return await self._plain(asked, path)

    async def _plain(self, asked: Asked, path: str, sent: bytes | None = None) -> web.StreamResponse:
        """Pass on what carries no message: the end of a session, a preflight, sign-in and its metadata."""
        async with self.wire.upstream.ask(asked.request.method, asked.target, asked.headers, sent) as answer:
            found = await whole(answer)
            back = to_client(answer.headers.items(), self.address, asked.base, asked.origin)
        if answer.status == 200 and (path.startswith(PROTECTED_RESOURCE) or path in self.wire.metadata):
            found = metadata(found, self.address, asked.base)
        name = asked.request.headers.get("Mcp-Session-Id", "")
        if asked.request.method == "DELETE" and name and answer.status < 300:
            self.wire.sessions.end(self.wire.sessions.named(name), ended="the client")
        return body(answer.status, found, back)

    async def _posted(self, asked: Asked, path: str) -> web.StreamResponse:
        if asked.request.headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
            return trouble(415, "the message is packed in a way that cannot be read")
        try:
            raw = await _received(asked.request)
        except TimeoutError:
            return trouble(408, "the message came too slowly")
        except ProtocolError as error:
            return trouble(413, str(error))
        except (aiohttp.ClientError, web.RequestPayloadError, ValueError):
            return trouble(400, "the message cannot be unpacked")
        if path in SIGN_IN and is_sign_in(raw, asked.request.headers.get("Content-Type", ""), path):
            return await self._plain(asked, path, raw)
        try:
            arrival = _held(raw)
            lie = self._lie(asked, arrival)
            return self._refused(raw, lie) if lie else await self._judged(asked, raw, arrival)
        except (GatewayError, ConnectionError, aiohttp.ClientError):
            raise
        except Exception as error:  # noqa: BLE001  # the door's own entry: a surprise refuses this message, and is told
            return self._surprised(raw, error)

    def _refused(self, raw: bytes, lie: str) -> web.Response:
        self._log.warning("refused a message", problem=lie)
        return message(
            responses.raw(
                responses.error(envelope.identified(raw), f"Refused by agent-strace: {lie}.", HEADER_MISMATCH)
            ),
            400,
        )

    def _surprised(self, raw: bytes, error: Exception) -> web.Response:
        problem = f"internal error ({type(error).__name__}: {str(error)[:200]})"
        self._log.error("refused a message", problem=problem)
        told = [
            responses.raw(responses.error(key[1], f"Blocked by agent-strace: {problem}."))
            for key in sorted(keys_in(raw), key=str)
        ]
        if not told:
            return trouble(400, problem)
        return message(told[0] if len(told) == 1 else b"[" + b",".join(told) + b"]")

    def _lie(self, asked: Asked, arrival: Arrival | None) -> str:
        """Return what a header says differently from the message; of one that cannot be read, the conversation says
        so.
        """
        told = [(name, value) for name, value in asked.headers if name.startswith("mcp-")]
        if arrival is None or not told:
            return ""
        messages = [item.message for item in arrival.items]
        if len(told) == len(dict(told)) and not repeated(told, messages):
            return ""
        return mismatch(told, messages, self.wire.mirrors)

    async def _judged(self, asked: Asked, raw: bytes, arrival: Arrival | None) -> web.StreamResponse:
        sessions = self.wire.sessions
        placed = sessions.placed(asked.target)
        name = asked.request.headers.get("Mcp-Session-Id", "")
        keys = set() if placed or name or arrival is None else arrival.asked()
        client = "" if placed or name else _client(asked.request)
        fresh = bool(name) and not placed and not sessions.knows(name)
        begins = (
            not placed
            and not name
            and arrival is not None
            and any(item.method == "initialize" for item in arrival.items)
        )
        session = placed or (
            sessions.named(name) if name else sessions.new() if begins else sessions.of_client(client, keys)
        )
        session.headers = asked.headers
        session.users += 1
        session.inflight |= keys
        try:
            if placed is not None:
                return await post_legacy(self.wire, asked, session, raw, arrival)
            session.place = asked.target
            exchange = Exchange(self.wire, asked, session, begins=client if begins else "")
            answer = await exchange.run(raw, arrival)
            if exchange.begins:
                sessions.end(session, ended="the server did not begin it")
            elif name and (answer.status == 404 or (fresh and answer.status == 400)):
                sessions.end(session, ended="the server does not know it")
            return answer
        finally:
            session.users -= 1
            session.inflight -= keys


async def _received(request: web.BaseRequest) -> bytes:
    """Return the body of a request. Raises ProtocolError when it is too large, TimeoutError when it comes too
    slowly.
    """
    parts: list[bytes] = []
    size = 0
    if (request.content_length or 0) > MAX_BODY:
        raise ProtocolError(f"the message is larger than {MAX_BODY} bytes")
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # what was written is no part of the answer
    while True:
        if request.content.is_eof():  # it is here already: a clock would cost more than the reading
            part = request.content.read_nowait()
        else:
            async with asyncio.timeout(SLOW):
                part = await request.content.readany()
        size += len(part)
        if size > MAX_BODY:
            raise ProtocolError(f"the message is larger than {MAX_BODY} bytes")
        parts.append(part)
        if not part or request.content.at_eof():
            return parts[0] if len(parts) == 1 else b"".join(parts)


def _held(raw: bytes) -> Arrival | None:
    """Return what a message holds, None when it cannot be read."""
    try:
        return envelope.read(raw)
    except ProtocolError:
        return None


def _client(request: web.BaseRequest) -> str:
    """Return who asks, as far as can be told where there is no session: from where, with which program, signed in as
    whom.
    """
    told = (request.remote or "", request.headers.get("User-Agent", ""), request.headers.get("Authorization", ""))
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()


async def serve(proxy: HttpProxy, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Run a proxy until it is told to stop; `ready` gets the port. Raises GatewayError."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    ready(await proxy.start(host, port))
    try:
        while not stopped.is_set():
            try:
                await asyncio.wait_for(stopped.wait(), SWEEP)
            except TimeoutError:
                proxy.wire.sessions.end_idle()
    finally:
        await proxy.stop()
