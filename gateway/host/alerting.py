"""Where alerts go: a file, one JSON object a line, and a webhook, with patience and a bound on it."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from typing import Any

from gateway.model.errors import GatewayError

TIMEOUT = 5.0
RETRIES = 3
"""Seconds that a webhook may take, and how often it is tried again."""


def to_file(path: str, alert: dict[str, Any]) -> None:
    """Append an alert to a file. Raises GatewayError."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.write(fd, json.dumps(alert, ensure_ascii=False).encode() + b"\n")
        finally:
            os.close(fd)
    except OSError as error:
        raise GatewayError(f"the alert cannot be written to `{path}`: {error.strerror}") from None


def to_webhook(url: str, alert: dict[str, Any], *, pause: float = 0.5) -> None:
    """Post an alert; tried again after a pause that doubles. Raises GatewayError when it does not arrive."""
    if not url.startswith(("https://", "http://")):
        raise GatewayError(f"`{_shown(url)}` is no address of a webhook", "it starts with https://")
    request = urllib.request.Request(url, json.dumps(alert).encode(), {"Content-Type": "application/json"}, method="POST")  # noqa: S310
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
        except (OSError, ValueError) as error:
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
