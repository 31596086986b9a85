"""Who may speak to the proxy over HTTP: the Host and Origin of every request, and a bearer token where one was set.
Pure.

A page in a browser reaches loopback too, by DNS rebinding or a form; its Host or Origin gives it away (CVE-2025-49596,
CVE-2025-66414).
"""

from __future__ import annotations

import hmac
import ipaddress
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from gateway.model.record import Record

LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))
TOKEN = "x-agent-strace-token"  # noqa: S105  # the name of a header
_CARRIERS = (TOKEN, "proxy-authorization", "authorization")


class Headers(Protocol):
    """The headers of a request, their names in any case."""

    def getall(self, key: str, default: list[str], /) -> list[str]:
        """Return every value of a header."""
        ...


class Admission(Record):
    """What the guard says of a request.

    status   HTTP status of a refusal, 0 when the request may go on
    problem  what is wrong, in one line
    spent    header that carried the proxy's own token and must not reach the server, or ""
    """

    __slots__ = ("problem", "spent", "status")

    def __init__(self, status: int = 0, problem: str = "", *, spent: str = "") -> None:
        self.status = status
        self.problem = problem
        self.spent = spent


class Guard(Record):
    """The names the proxy answers to and the token it wants, "" for none."""

    __slots__ = ("_any_address", "_names", "_token")

    def __init__(self, host: str, *, token: str = "", names: tuple[str, ...] = ()) -> None:
        own = f"[{host}]" if ":" in host else host
        self._names = LOOPBACK | {own.lower()} | {name.lower() for name in names}
        self._token = token
        # Bound to every interface: an address in the Host header cannot come from rebinding, which needs a name.
        self._any_address = host in ("0.0.0.0", "::")  # noqa: S104

    def admit(self, target: str, headers: Headers) -> Admission:
        """Judge a request by its target as it stands in the request line and by its headers."""
        hosts = headers.getall("host", [])
        origins = headers.getall("origin", [])
        if not target.startswith("/"):
            return Admission(400, "the request target must be a path")
        if len(hosts) != 1 or not self._own(hosts[0]):
            return Admission(403, f"the Host `{', '.join(hosts)[:100]}` is not a name of this proxy")
        if len(origins) > 1 or (origins and not self._own_origin(origins[0])):
            return Admission(403, f"the Origin `{', '.join(origins)[:100]}` may not connect to this proxy")
        if not origins and "cross-site" in headers.getall("sec-fetch-site", []):
            return Admission(403, "a page of another site may not connect to this proxy")
        return self._known(headers) if self._token else Admission()

    def _own(self, host: str) -> bool:
        name = _name(host)
        return name in self._names or (self._any_address and _is_address(name))

    def _own_origin(self, origin: str) -> bool:
        scheme, mark, host = origin.partition("://")
        return bool(mark) and scheme in ("http", "https") and self._own(host)

    def _known(self, headers: Headers) -> Admission:
        for carrier in _CARRIERS:
            for value in headers.getall(carrier, []):
                scheme, _, given = value.partition(" ")
                given = value if carrier == TOKEN else given.strip() if scheme.lower() == "bearer" else ""
                if hmac.compare_digest(
                    given.encode("utf-8", "surrogatepass"), self._token.encode("utf-8", "surrogateescape")
                ):
                    return Admission(spent=carrier)
        # Not 401: clients take that for the server's own sign-in and start an OAuth flow that leads nowhere.
        return Admission(
            403,
            f"this proxy wants its own token: send it as `Authorization: Bearer …`, or as `{TOKEN}` beside the server's",
        )


@lru_cache(maxsize=64)
def _name(host: str) -> str:
    """Return a Host header without its port, in lower case; "" for anything that is not a plain name or address and a
    port.
    """
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port
    except ValueError:
        return ""
    name, _, rest = host.rpartition(":") if port is not None else (host, "", "")
    plain = not any(letter in host for letter in "/?#@\\ \t")
    return name.lower() if plain and (port is None or rest.isascii()) else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Tell whether an address to bind is reachable from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
