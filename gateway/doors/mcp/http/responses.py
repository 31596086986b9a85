"""Answers to the client: a whole body, or a stream that is written event by event."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from gateway.doors.mcp.http.headers import Pairs
from gateway.doors.mcp.jsonrpc import sse

STALLED = 300.0
"""Seconds that a client may leave a stream unread."""
PULSE = 15.0
"""Seconds between comments on a stream of our own that has nothing to say, so that nobody between takes it for dead."""
STREAM_HEADERS: Pairs = [
    ("Content-Type", "text/event-stream"),
    ("Cache-Control", "no-cache, no-transform"),
    ("X-Accel-Buffering", "no"),
]


class Stream:
    """A stream of events to one client. Events are whole when they are written, so writers never mix."""

    __slots__ = ("_request", "response", "started")

    def __init__(self, request: web.BaseRequest) -> None:
        self._request = request
        self.response = web.StreamResponse()
        self.started = False

    async def start(self, status: int = 200, headers: Pairs = STREAM_HEADERS) -> None:
        """Send the head of the answer, once."""
        if self.started:
            return
        self.started = True
        self.response.set_status(status)
        for name, value in headers:
            self.response.headers.add(name, value)
        await self.response.prepare(self._request)

    async def write(self, raw: bytes) -> None:
        """Write whole events as they are. Raises TimeoutError when the client does not read."""
        await self.start()
        async with asyncio.timeout(STALLED):
            await self.response.write(raw)

    async def event(self, data: bytes) -> None:
        """Write one message as an event of our own."""
        await self.write(sse.event(data))

    async def pulse(self) -> None:
        """Show that the stream lives."""
        await self.write(b": waiting\n\n")


def body(status: int, raw: bytes, headers: Pairs) -> web.Response:
    """Return a whole answer."""
    return web.Response(status=status, body=raw, headers=headers)


def message(raw: bytes, status: int = 200) -> web.Response:
    """Return one JSON-RPC message as an answer."""
    return body(status, raw, [("Content-Type", "application/json")])


def trouble(status: int, problem: str) -> web.Response:
    """Return an answer to a request that is no message, or not yet one: a JSON-RPC error that belongs to none."""
    error = {"jsonrpc": "2.0", "id": None, "error": {"code": 1, "message": f"Refused by agent-strace: {problem}."}}
    return message(json.dumps(error).encode(), status)
