"""The server's side of the proxy: connections that are reused, TLS that is verified, redirects that are not
followed.
"""

from __future__ import annotations

import ssl
import urllib.request
from collections.abc import AsyncIterator
from types import TracebackType

import aiohttp
from yarl import URL

from gateway.doors.mcp.http.address import Address
from gateway.doors.mcp.http.headers import Pairs
from gateway.model.errors import GatewayError

MAX_BODY = 64 * 1024 * 1024
"""Most bytes of one answer that is not a stream, as of one message."""
CONNECT_TIMEOUT = 30.0
"""Seconds to wait for a connection to the server. An answer may take as long as the client waits."""
KEPT = 3.0
"""Seconds that an idle connection is kept: less than servers do (5 in Node and uvicorn), or a call may meet one that is
just being closed.
"""
MAX_URLS = 256
"""Most request targets whose URLs are remembered."""
_READ_AHEAD = 256 * 1024
_ENCODINGS = ("", "identity", "gzip", "deflate")


class UpstreamError(GatewayError):
    """The server cannot be reached, or its answer cannot be read."""


class Upstream:
    """A pool of connections to one server."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._client: aiohttp.ClientSession | None = None
        self._proxy: str | None = None
        self._urls: dict[str, URL] = {}

    async def start(self) -> None:
        """Open the pool. No cookie of one client is kept for another, and no credential is looked up."""
        context = ssl.create_default_context() if self.address.origin.startswith("https:") else None
        connector = aiohttp.TCPConnector(limit=0, ssl=context or True, keepalive_timeout=KEPT)
        self._client = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT),
            skip_auto_headers=("User-Agent", "Accept", "Content-Type", "Accept-Encoding"),
            read_bufsize=_READ_AHEAD,
            trust_env=False,
        )
        self._proxy = _proxy_for(self.address.origin)

    async def stop(self) -> None:
        """Close every connection."""
        if self._client is not None:
            await self._client.close()

    def ask(self, method: str, target: str, headers: Pairs, body: bytes | None = None) -> Question:
        """Return a request to a target as the client named it; entered, it is sent, and gives the answer. Entering
        raises UpstreamError.
        """
        return Question(self, method, target, headers, body)

    async def sent(self, method: str, target: str, headers: Pairs, body: bytes | None) -> aiohttp.ClientResponse:
        """Send a request; return the answer, which is to be closed. Raises UpstreamError."""
        if self._client is None:
            raise UpstreamError("the proxy is not started")
        told = [*headers, ("Accept-Encoding", "identity")]
        try:
            return await self._client.request(
                method, self._url(target), headers=told, data=body, allow_redirects=False, proxy=self._proxy
            )
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            raise UpstreamError(f"the server at {self.address.origin} cannot be reached: {_told(error)}") from error

    def _url(self, target: str) -> URL:
        """Return the server's URL for a request target: nearly all requests have the same."""
        url = self._urls.get(target)
        if url is None:
            url = URL(self.address.target(target), encoded=True)
            if len(self._urls) < MAX_URLS:
                self._urls[target] = url
        return url


class Question:
    """A request that gives its answer when it is entered.

    Leaving before the answer has ended closes the connection: for a stateless server that is how a call is cancelled.
    """

    __slots__ = ("_answer", "_asked", "_upstream")

    def __init__(self, upstream: Upstream, method: str, target: str, headers: Pairs, body: bytes | None) -> None:
        self._upstream = upstream
        self._asked = (method, target, headers, body)
        self._answer: aiohttp.ClientResponse | None = None

    async def __aenter__(self) -> aiohttp.ClientResponse:
        self._answer = await self._upstream.sent(*self._asked)
        return self._answer

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        answer = self._answer
        if answer is not None:
            answer.release() if answer.content.at_eof() else answer.close()


async def whole(answer: aiohttp.ClientResponse, limit: int = MAX_BODY) -> bytes:
    """Return the body of an answer. Raises UpstreamError when it is torn, packed in a way that cannot be read, or too
    large.
    """
    if answer.headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
        raise UpstreamError("the server's answer is packed in a way that was not asked for")
    if answer.content.is_eof() and answer.content.total_bytes <= limit:
        return _rest(answer)
    parts: list[bytes] = []
    size = 0
    async for part in chunks(answer):
        size += len(part)
        if size > limit:
            raise UpstreamError(f"the server's answer is larger than {limit} bytes")
        parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _rest(answer: aiohttp.ClientResponse) -> bytes:
    """Return the body of an answer that is here already. Raises UpstreamError when it is torn."""
    try:
        return answer.content.read_nowait()
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise UpstreamError(f"the server's answer broke off: {_told(error)}") from error


async def chunks(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """Yield the body of an answer as it arrives. Raises UpstreamError when it is torn."""
    try:
        while True:
            part = await answer.content.readany()
            if part:
                yield part
            if not part or answer.content.at_eof():
                return
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise UpstreamError(f"the server's answer broke off: {_told(error)}") from error


def _told(error: Exception) -> str:
    """Return what went wrong, in one short line, without the addresses that client libraries put into it."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate cannot be verified"
    if isinstance(error, aiohttp.ClientConnectorError):
        return str(error.os_error.strerror or type(error.os_error).__name__).lower()
    if isinstance(error, TimeoutError):
        return "no connection in time"
    return f"{type(error).__name__}"


def _proxy_for(origin: str) -> str | None:
    """Return the HTTP proxy that the environment names for an address."""
    url = URL(origin)
    host = url.host or ""
    if host == "localhost" or host.startswith("127.") or urllib.request.proxy_bypass(host):
        return None
    return urllib.request.getproxies().get(url.scheme)
