"""Which headers go on, which way. What belongs to one connection stays there; what would lead a client around the proxy is turned to it. Pure.

Source: RFC 9110, section 7.6.1 (connection-specific fields).
"""

from __future__ import annotations

from collections.abc import Iterable

from gateway.doors.mcp.http_address import Address
from gateway.doors.mcp.http_guard import TOKEN
from gateway.doors.mcp.http_oauth import challenge

Pairs = list[tuple[str, str]]

_HOP = frozenset(
    "connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer trailers transfer-encoding upgrade"
    " host content-length content-encoding accept-encoding expect http2-settings".split()
)
_AROUND = frozenset(("alt-svc", "refresh", "strict-transport-security", "clear-site-data"))
"""What a server says to a browser about its own origin."""


def to_server(headers: Iterable[tuple[str, str]], spent: str) -> Pairs:
    """Return a client's headers as the server gets them, names in lower case.

    spent  header that carried the proxy's own token
    """
    found = [(name.lower(), value) for name, value in headers]
    dropped = _HOP | _named(found) | {TOKEN, spent}
    return [(name, value) for name, value in found if name not in dropped]


def to_client(headers: Iterable[tuple[str, str]], address: Address, base: str, origin: str) -> Pairs:
    """Return a server's headers as the client gets them.

    base    the proxy as the client dialled it
    origin  the page that asks, "" for none: it alone may read the answer, whatever the server says
    """
    pairs = list(headers)
    dropped = _HOP | _AROUND | _named([(name.lower(), value) for name, value in pairs])
    found: Pairs = []
    for name, value in pairs:
        match name.lower():
            case "www-authenticate":
                found.append((name, challenge(value, address, base)))
            case "location":
                here = address.proxied(value, base)
                found += [(name, here)] if here is not None else []
            case "access-control-allow-origin":
                found += [(name, origin)] if origin else []
            case low if low not in dropped:
                found.append((name, value))
    return found


def _named(headers: Pairs) -> set[str]:
    return {word.strip().lower() for name, value in headers if name == "connection" for word in value.split(",")}
