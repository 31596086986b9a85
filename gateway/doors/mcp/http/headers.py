"""Which headers go on, which way. What belongs to one connection stays there; what would lead a client around the proxy
is turned to it. Pure.

Source: RFC 9110, section 7.6.1 (connection-specific fields).
"""

from __future__ import annotations

from collections.abc import Iterable

from gateway.doors.mcp.http.access_control import TOKEN
from gateway.doors.mcp.http.address import Address
from gateway.doors.mcp.http.oauth import challenge

Pairs = list[tuple[str, str]]

_HOP = frozenset(
    "connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer trailers transfer-encoding upgrade"
    " host content-length content-encoding accept-encoding expect http2-settings".split()
)
_MINE = _HOP | {TOKEN}
_AROUND = frozenset(("alt-svc", "refresh", "strict-transport-security", "clear-site-data"))
"""What a server says to a browser about its own origin."""
_NOT_BACK = _HOP | _AROUND
_TURNED = frozenset(("www-authenticate", "location", "access-control-allow-origin"))
"""What is turned to the proxy on its way to a client."""


def to_server(headers: Iterable[tuple[str, str]], spent: str) -> Pairs:
    """Return a client's headers as the server gets them, names in lower case.

    spent  header that carried the proxy's own token
    """
    found = [(name.lower(), value) for name, value in headers]
    named = _named(found)
    return [(name, value) for name, value in found if name not in _MINE and name != spent and name not in named]


def to_client(headers: Iterable[tuple[str, str]], address: Address, base: str, origin: str) -> Pairs:
    """Return a server's headers as the client gets them.

    base    the proxy as the client dialled it
    origin  the page that asks, "" for none: it alone may read the answer, whatever the server says
    """
    pairs = [(name, name.lower(), value) for name, value in headers]
    named = _named([(low, value) for _, low, value in pairs])
    found: Pairs = []
    for name, low, value in pairs:
        if low in _TURNED:
            found += _turned(name, low, value, address, base, origin)
        elif low not in _NOT_BACK and low not in named:
            found.append((name, value))
    return found


def _turned(name: str, low: str, value: str, address: Address, base: str, origin: str) -> Pairs:
    """Return a header of a server's answer as it leads to the proxy; nothing where it must not be passed on."""
    if low == "www-authenticate":
        return [(name, challenge(value, address, base))]
    here = address.proxied(value, base) if low == "location" else origin or None
    return [(name, here)] if here is not None else []


def _named(headers: Pairs) -> set[str]:
    """Return the headers that belong to this connection because it says so."""
    told = [value for name, value in headers if name == "connection"]
    return {word.strip().lower() for value in told for word in value.split(",")} if told else _NONE


_NONE: set[str] = set()
