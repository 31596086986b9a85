"""Asking a server behind a URL for its tools by ourselves, so that a person can look at what changed and approve it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

from gateway.doors.mcp.http.address import Address
from gateway.doors.mcp.http.headers import Pairs
from gateway.doors.mcp.http.upstream import Upstream, chunks, whole
from gateway.doors.mcp.jsonrpc import messages, responses, sse
from gateway.doors.mcp.session.conversation import STATELESS_SINCE
from gateway.doors.mcp.session.tool_listing import GREETED, HELLO, SECONDS, STATELESS, VERSION, ToolPages
from gateway.model.errors import GatewayError, ProtocolError

if TYPE_CHECKING:
    from typing import Any

    Data = dict[str, Any]


def listed(address: Address, token: str = "") -> list[Data]:
    """Return the definitions of all tools of a server; `token` signs in where it wants one. Raises GatewayError when it
    does not tell them.
    """
    return asyncio.run(HttpPinCheck(address, token).tools())


class HttpPinCheck:
    """A client that does nothing but list tools."""

    def __init__(self, address: Address, token: str = "") -> None:
        self._upstream = Upstream(address)
        self._number = 0
        self._meta: Data = {}
        self._headers: Pairs = [("content-type", "application/json"), ("accept", "application/json, text/event-stream")]
        self._headers += [("authorization", f"Bearer {token}")] if token else []

    async def tools(self) -> list[Data]:
        """Return the definitions of all its tools. Raises GatewayError."""
        await self._upstream.start()
        try:
            await self._greet()
            pages = ToolPages()
            while pages.params is not None:
                pages.take(await self._ask("tools/list", pages.params))
            return pages.tools
        finally:
            await self._upstream.stop()

    async def _greet(self) -> None:
        """Begin as sessions begin; a server that knows none is asked under the revision without them."""
        try:
            began = await self._ask("initialize", HELLO)
        except GatewayError:
            self._meta = STATELESS
            self._headers.append(("mcp-protocol-version", STATELESS_SINCE))
            return
        self._headers.append(("mcp-protocol-version", str(began.get("protocolVersion", VERSION))))
        async with self._upstream.ask("POST", "/", self._headers, responses.raw(GREETED)):
            pass

    async def _ask(self, method: str, params: Data) -> Data:
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": {**params, **self._meta}}
        named = [("mcp-method", method)] if self._meta else []
        try:
            async with (
                asyncio.timeout(SECONDS),
                self._upstream.ask("POST", "/", [*self._headers, *named], responses.raw(message)) as answer,
            ):
                session = answer.headers.get("Mcp-Session-Id", "")
                if session and method == "initialize":
                    self._headers.append(("mcp-session-id", session))
                result = await self._result(answer)
        except TimeoutError:
            raise GatewayError(f"the server does not answer within {SECONDS:g} s") from None
        if result is None:
            raise GatewayError(
                f"the server refuses `{method}` with status {answer.status}",
                "name the variable of its token with --server-token-env",
            )
        return result

    async def _result(self, answer: aiohttp.ClientResponse) -> Data | None:
        if answer.content_type != "text/event-stream":
            return self._in(await whole(answer))
        reader = sse.Reader()
        async for chunk in chunks(answer):
            for item in reader.feed(chunk):
                found = self._in(item.data) if item.data else None
                if found is not None:
                    return found
        return None

    def _in(self, raw: bytes) -> Data | None:
        """Return the result of our request where a message holds it."""
        try:
            items = messages.read(raw, trusted=True).items
        except ProtocolError:
            return None
        found = (
            item.message.get("result") for item in items if item.key == ("number", self._number) and not item.method
        )
        return next((item for item in found if isinstance(item, dict)), None)
