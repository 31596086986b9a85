"""Where the server is, and how its addresses look from the proxy's side: the proxy stands in for one origin, path by
path. Pure.
"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from gateway.model.errors import GatewayError
from gateway.model.record import Record

_PORTS = {"http": 80, "https": 443}
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
METADATA = "/.well-known/"
SIGN_IN = frozenset(("/authorize", "/token", "/register", "/revoke"))
"""Paths at the server's origin where clients of 2025-03-26 sign in when nothing else is told (MCP 2025-03-26,
authorization, 2.3.3).
"""


class Address(Record):
    """The server that was named on the command line.

    origin  scheme, host and port, as a browser writes them
    path    path of its MCP endpoint, "/" for none
    query   query of its MCP endpoint, which may hold a key and is never shown
    """

    __slots__ = ("origin", "path", "query")

    def __init__(self, origin: str, path: str = "/", query: str = "") -> None:
        self.origin = origin
        self.path = path
        self.query = query

    @property
    def shown(self) -> str:
        """The address as it may be told and recorded."""
        return self.origin + (self.path if self.path != "/" else "")

    def target(self, asked: str) -> str:
        """Return the server's URL for a request target; the bare `/` stands for the endpoint itself."""
        path, mark, query = asked.partition("?")
        if path in ("", "/"):
            path = self.path
        if path == self.path and not query and self.query:
            mark, query = "?", self.query
        return f"{self.origin}{path}{mark}{query}"

    def serves(self, path: str) -> bool:
        """Tell whether a path may be asked for: the endpoint's own, or any where the address names none; and where
        clients sign in.
        """
        own = self.path.rstrip("/")
        return not own or path.rstrip("/") in ("", own) or path.startswith(METADATA) or path in SIGN_IN

    def proxied(self, url: str, base: str) -> str | None:
        """Return a URL of the server as the proxy's, None for one of another origin; what names no origin comes back as
        it is.
        """
        try:
            parts = urlsplit(url)
            same = not parts.netloc or _same_place(_origin(parts), self.origin)
        except (ValueError, GatewayError):
            return None
        if not same or (parts.scheme and not parts.netloc):
            return None
        return url if not parts.netloc else base + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def absolute(self, url: str) -> str:
        """Return the path and query that a URL of the server means, resolved against the endpoint where it is
        relative.
        """
        parts = urlsplit(url)
        path = parts.path
        if not parts.netloc and not path.startswith("/"):
            path = self.path.rpartition("/")[0] + "/" + path
        return path + (f"?{parts.query}" if parts.query else "")


def address_of(url: str) -> Address:
    """Return the address that a person typed. Raises GatewayError."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        origin = _origin(parts)
    except ValueError as error:
        raise GatewayError(f"`{url[:200]}` is not a URL: {error}") from None
    if parts.username is not None or parts.password is not None:
        raise GatewayError("a URL with a password in it is not taken", "let the client send the `Authorization` header")
    return Address(origin, parts.path or "/", parts.query)


def _origin(parts: SplitResult) -> str:
    if parts.scheme not in _PORTS:
        raise GatewayError(f"`{parts.scheme}` is no scheme of a server", "use http:// or https://")
    host = parts.hostname or ""
    if not host or any(letter in host for letter in " \t\\%@"):
        raise GatewayError("the URL names no host")
    port = parts.port
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None and port != _PORTS[parts.scheme] else "")


def _same_place(item: str, other: str) -> bool:
    """Tell whether two origins are one server; the names of loopback are one name."""
    first, second = urlsplit(item), urlsplit(other)
    names = {first.hostname, second.hostname}
    return (first.scheme, first.port) == (second.scheme, second.port) and (len(names) == 1 or names <= _LOOPBACK)
