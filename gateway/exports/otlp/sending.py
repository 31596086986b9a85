"""The way to a collector: POST with gzip, retried where OTLP says so, honouring Retry-After; what a collector did not
take is counted.

opentelemetry.io/docs/specs/otlp: only 429, 502, 503 and 504 may be tried again; a partial success must not be.
Redirects are not followed: headers that carry a key must not go to a host that nobody named.
"""

from __future__ import annotations

import base64
import gzip
import http.client
import json
import random
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from gateway import __version__
from gateway.analysis.event_text import one_line
from gateway.model.errors import GatewayError

PATH = "/v1/traces"
RETRYABLE = frozenset((429, 502, 503, 504))
TRIES = 6
TIMEOUT = 30.0
"""Seconds for one request."""
LONGEST_WAIT = 60.0
"""Most seconds between two tries, whatever the collector asks for."""
LARGEST_ANSWER = 1_000_000
HOPELESS = -1.0
"""In the place of the seconds to wait: trying again would change nothing."""

Rejected = Callable[[bytes], tuple[int, str]]


@dataclass(slots=True)
class Sent:
    """What became of an export; `problems` are the collector's own words for what it did not take."""

    spans: int = 0
    requests: int = 0
    retries: int = 0
    rejected: int = 0
    problems: list[str] = field(default_factory=list)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *about: Any) -> None:
        return None


def url_of(endpoint: str) -> str:
    """Return where traces go: the endpoint with OTLP's path, unless it has it. Raises GatewayError."""
    try:
        parts = urlsplit(endpoint)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not _odd(endpoint)
        name = (parts.hostname or "").encode("idna")
    except (ValueError, UnicodeError):  # a port that is no number, brackets that do not close, a label of 64 characters
        fits, name = False, b""
    if not fits or not name:
        raise GatewayError(f"`{shown(endpoint)}` is no endpoint", "for instance http://localhost:4318")
    return endpoint if parts.path.rstrip("/").endswith(PATH) else endpoint.rstrip("/") + PATH


def _odd(text: str) -> bool:
    return any(char <= " " or char == "\x7f" for char in text)


def shown(url: str) -> str:
    """Return an address without what may be secret in it: credentials, query and fragment."""
    scheme, colon, rest = url.partition("://")
    if not colon:
        return url.rpartition("@")[2].partition("?")[0].partition("#")[0]
    host, slash, path = rest.partition("?")[0].partition("#")[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path.rpartition('@')[2]}"


def headers_of(given: Iterable[str]) -> dict[str, str]:
    """Return headers from `Name: value`. Raises GatewayError."""
    headers: dict[str, str] = {}
    for item in given:
        name, colon, value = item.partition(":")
        if not colon or not name.strip() or any(char in item for char in "\r\n"):
            raise GatewayError(f"`{name.strip()[:60]}` is no header", "write `Name: value`")
        headers[name.strip()] = value.strip()
    return headers


class Collector:
    """One collector: where it is, what it is told with every request, how long it is waited for."""

    def __init__(
        self, endpoint: str, headers: dict[str, str], content_type: str, *, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self.url, authorization = _told_apart(url_of(endpoint))
        self.shown = shown(self.url)
        agent = {"User-Agent": f"agent-strace/{__version__}", "Content-Type": content_type, "Content-Encoding": "gzip"}
        self.headers = {**agent, **authorization, **headers}
        self.sent = Sent()
        self._wait = wait
        self._opener = urllib.request.build_opener(_NoRedirects)

    def send(self, body: bytes, spans: int, rejected: Rejected) -> None:
        """Send one request. Raises GatewayError when it cannot be delivered."""
        packed = gzip.compress(body, 6, mtime=0)
        for attempt in range(TRIES):
            status, answer, asked = self._try(packed)
            hopeless = asked == HOPELESS
            if status is not None and 200 <= status < 300:
                self.sent.requests += 1
                self.sent.spans += spans
                self._taken(*_rejected(answer, rejected))
                return
            if hopeless or (status is not None and status not in RETRYABLE) or attempt == TRIES - 1:
                break
            self.sent.retries += 1
            self._wait(min(asked if asked is not None else _backoff(attempt), LONGEST_WAIT))
        line = one_line(answer.decode("utf-8", "replace"), 300)
        what = f"answered {status}" if status is not None else "cannot be reached"
        raise GatewayError(
            f"{self.shown} {what}{f': {line}' if line else ''}",
            f"{self.sent.spans} spans had been sent" if self.sent.spans else "nothing was sent",
        )

    def _taken(self, count: int, why: str) -> None:
        self.sent.rejected += count
        self.sent.spans -= count
        why = one_line(why, 300)
        if why and why not in self.sent.problems and len(self.sent.problems) < 10:
            self.sent.problems.append(why)

    def _try(self, packed: bytes) -> tuple[int | None, bytes, float | None]:
        """Return (status or None when there was no answer, the answer, seconds that the collector asks to wait)."""
        # # url_of lets only http and https through
        request = urllib.request.Request(self.url, packed, self.headers, method="POST")  # noqa: S310
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                return response.status, response.read(LARGEST_ANSWER), None
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(LARGEST_ANSWER), retry_after(error.headers.get("Retry-After"))
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            why = getattr(error, "reason", error)
            return None, str(why).encode("utf-8", "replace"), HOPELESS if _never_works(why) else None
        except ValueError as error:  # what a header or an address cannot hold
            return None, str(error).encode("utf-8", "replace"), HOPELESS


def _told_apart(url: str) -> tuple[str, dict[str, str]]:
    """Return (an address without the credentials in it, the header that they are sent in; RFC 7617)."""
    parts = urlsplit(url)
    given, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, {}
    packed = base64.b64encode(unquote(given).encode("utf-8", "replace")).decode()
    return parts._replace(netloc=host).geturl(), {"Authorization": f"Basic {packed}"}


def _never_works(why: object) -> bool:
    """Whether a request that failed so would fail again: a name that does not exist, a certificate that is not
    trusted.
    """
    if isinstance(why, socket.gaierror):
        return why.errno != socket.EAI_AGAIN
    return isinstance(why, ssl.SSLCertVerificationError | http.client.InvalidURL | UnicodeError)


def _backoff(attempt: int) -> float:
    return float(2**attempt) * (0.5 + random.random())  # noqa: S311  # spreads retries, keeps no secret


def retry_after(value: str | None, now: float | None = None) -> float | None:
    """Return the seconds that a Retry-After header asks for, a number or a date; None when it asks for nothing we
    understand.
    """
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - (time.time() if now is None else now), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None


def _rejected(answer: bytes, read: Rejected) -> tuple[int, str]:
    """Return (spans not taken, why), whichever encoding the answer is in."""
    if not answer.lstrip().startswith(b"{"):
        return read(answer)
    try:
        partial = json.loads(answer).get("partialSuccess") or {}
        return int(partial.get("rejectedSpans") or 0), str(partial.get("errorMessage") or "")
    except (ValueError, TypeError, AttributeError, RecursionError):
        return 0, ""
