"""The port that clients connect to: connections that say nothing are bounded, in number and in time, so that a call
passes whoever else is there.
"""

from __future__ import annotations

import asyncio
import logging
import resource
from collections.abc import Awaitable, Callable

from aiohttp import web

SILENT = 60.0
"""Seconds within which a connection must have sent its first request."""
KEPT = 75.0
"""Seconds that an idle connection of a client is kept."""
LINGERING = 2.0
"""Seconds that the rest of a message is read for, after it was refused."""
READ_AHEAD = 1 << 20
"""Bytes of a message that are taken from a connection before they are asked for; a message is needed whole."""
MAX_SILENT = 256
"""Most connections that have sent no request and are older than `SETTLING`; of more, the oldest are closed."""
SETTLING = 1.0
"""Seconds that a new connection is kept in any case: of a thousand clients that come at once, each has spoken by then.
"""
MAX_CONNECTIONS = 8192
RESERVED = 64
"""File descriptors that are left for everything but connections."""


class Listener(web.Server):
    """The server's side of the port.

    A connection on which no whole request comes in time is closed, and sooner where there are many. Where there are as
    many connections as there can be, the one that has been idle for longest makes room; where all are busy, the new one
    is closed.
    """

    def __init__(
        self,
        answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]],
        logger: logging.Logger,
        *,
        most: int = 0,
    ) -> None:
        super().__init__(
            self._heard,
            handler_cancellation=True,
            access_log=None,
            logger=logger,
            keepalive_timeout=KEPT,
            lingering_time=LINGERING,
            read_bufsize=READ_AHEAD,
        )
        self.most = most or room()
        self._asked = answer
        self._made: dict[web.RequestHandler, asyncio.Transport] = {}
        self._silent: dict[web.RequestHandler, float] = {}
        self._idle: dict[web.RequestHandler, None] = {}
        self._check: asyncio.TimerHandle | None = None

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Wait for the first request of a connection, but not for ever."""
        super().connection_made(handler, transport)
        loop = asyncio.get_running_loop()
        if len(self._made) >= self.most and not self._make_room():
            transport.abort()
            return
        self._made[handler] = transport
        self._silent[handler] = loop.time()
        self._look_again(SETTLING if len(self._silent) > MAX_SILENT else SILENT)

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        """Forget a connection."""
        self._forget(handler)
        super().connection_lost(handler, exc)

    def _forget(self, handler: web.RequestHandler) -> None:
        for known in (self._made, self._silent, self._idle):
            known.pop(handler, None)

    def _look_again(self, seconds: float) -> None:
        """Look for silent connections after some time, or at the time that was set already when that is sooner."""
        loop = asyncio.get_running_loop()
        if self._check is not None and self._check.when() <= loop.time() + seconds:
            return
        if self._check is not None:
            self._check.cancel()
        self._check = loop.call_later(seconds, self._close_silent)

    def _close_silent(self) -> None:
        """Close what has been silent for too long, oldest first."""
        now = asyncio.get_running_loop().time()
        self._check = None
        for handler, since in list(self._silent.items()):
            many = len(self._silent) > MAX_SILENT
            if now - since < (SETTLING if many else SILENT):
                self._look_again(since + (SETTLING if many else SILENT) - now)
                return
            self._close(handler)

    def _make_room(self) -> bool:
        """Close the connection that has been without a request for longest; return whether there was one."""
        handler = next(iter(self._silent), None) or next(iter(self._idle), None)
        if handler is None:
            return False
        self._close(handler)
        return True

    def _close(self, handler: web.RequestHandler) -> None:
        transport = self._made.get(handler)
        self._forget(handler)
        if transport is not None:
            transport.abort()

    async def _heard(self, request: web.BaseRequest) -> web.StreamResponse:
        handler = request.protocol
        self._silent.pop(handler, None)
        self._idle.pop(handler, None)
        try:
            return await self._asked(request)
        finally:
            if handler in self._made:
                self._idle[handler] = None


def room() -> int:
    """Return how many connections there can be, each with one to the server behind it, once the system allows what it
    can be asked for.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MAX_CONNECTIONS + RESERVED
    limit = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    if soft != resource.RLIM_INFINITY and soft < limit:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
        except (OSError, ValueError):
            limit = soft
    return max(
        16, min(MAX_CONNECTIONS, (max(limit, soft if soft != resource.RLIM_INFINITY else limit) - RESERVED) // 2)
    )
