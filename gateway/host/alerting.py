"""Where alerts go: a file, one JSON object a line, and a webhook, with patience and a bound on it."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from gateway.model.errors import GatewayError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

TIMEOUT = 5.0
RETRIES = 3
"""Seconds that a webhook may be silent, and how often it is tried again."""
FINISH_SECONDS = 15.0
"""Longest wait at the end for alerts that are still being posted."""
MAX_WAITING = 100
"""Most alerts that wait to be posted."""


def to_file(path: str, alert: JsonObject) -> None:
    """Append an alert to a file. Raises GatewayError."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.write(fd, json.dumps(alert, ensure_ascii=False).encode() + b"\n")
        finally:
            os.close(fd)
    except OSError as error:
        raise GatewayError(f"the alert cannot be written to `{path}`: {error.strerror}") from None


class Posts:
    """Posts alerts to webhooks, one after the other in a thread: whoever watches goes on meanwhile.

    A server that answers a byte a second would hold the watch otherwise, and with it the stop of the agent that the
    alert is about.
    """

    def __init__(self, failed: Callable[[GatewayError], None]) -> None:
        """`failed` hears of what did not arrive, in the thread of whoever posts or finishes."""
        self._failed = failed
        self._todo: SimpleQueue[tuple[str, JsonObject] | None] = SimpleQueue()
        self._problems: SimpleQueue[GatewayError] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def post(self, url: str, alert: JsonObject) -> None:
        """Have an alert posted; beyond MAX_WAITING that wait, it is told as lost."""
        self._tell()
        if self._todo.qsize() >= MAX_WAITING:
            self._failed(GatewayError(f"the webhook at `{_shown(url)}` is too slow: an alert was not sent"))
            return
        self._todo.put((url, alert))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Wait for what was posted, FINISH_SECONDS at most, and tell of what did not arrive."""
        if self._thread is not None:
            self._todo.put(None)
            self._thread.join(FINISH_SECONDS)
            if self._thread.is_alive():
                self._failed(GatewayError(f"a webhook did not take every alert within {FINISH_SECONDS:g} s"))
            self._thread = None
        self._tell()

    def _run(self) -> None:
        while (item := self._todo.get()) is not None:
            try:
                to_webhook(*item)
            except GatewayError as error:
                self._problems.put(error)

    def _tell(self) -> None:
        while not self._problems.empty():
            self._failed(self._problems.get())


def to_webhook(url: str, alert: JsonObject, *, pause: float = 0.5) -> None:
    """Post an alert; tried again after a pause that doubles. Raises GatewayError when it does not arrive."""
    if not url.startswith(("https://", "http://")):
        raise GatewayError(f"`{_shown(url)}` is no address of a webhook", "it starts with https://")
    body, headers = json.dumps(alert).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310
    problem = ""
    for attempt in range(RETRIES + 1):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT):
                return
        except urllib.error.HTTPError as error:
            problem = f"HTTP {error.code}"
            if error.code < 500 and error.code not in (408, 429):
                break
        except (OSError, ValueError, http.client.HTTPException) as error:
            problem = str(getattr(error, "reason", error)) or type(error).__name__
    raise GatewayError(f"the webhook at `{_shown(url)}` does not take the alert: {problem}")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A webhook that sends us elsewhere is not followed."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def _shown(url: str) -> str:
    """Return an address without what may be secret in it: credentials, path and query."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0].rpartition('@')[2]}"
