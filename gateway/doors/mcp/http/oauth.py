"""Sign-in through the proxy: where the server says who it is, the client must read the address it dialled. Pure.

A client throws away metadata whose `resource` is not the URL it dialled (RFC 9728, section 3.3). With it rewritten,
sign-in works; the authorization server then sees the proxy's URL as the `resource` it issues a token for, and one that
checks it will refuse. Such servers need the stdio proxy in front of a bridge, or no proxy.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from gateway.doors.mcp.http.address import Address

PROTECTED_RESOURCE = "/.well-known/oauth-protected-resource"

_POINTER = re.compile(r'(resource_metadata\s*=\s*)(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))', re.IGNORECASE)


def challenge(value: str, address: Address, base: str) -> str:
    """Return a `WWW-Authenticate` header whose pointer to the metadata leads through the proxy."""

    def led_back(match: re.Match[str]) -> str:
        there = match[2] if match[2] is not None else match[3]
        here = address.proxied(there, base)
        return match[0] if here is None or here == there else f'{match[1]}"{here}"'

    return _POINTER.sub(led_back, value)


def pointed_at(value: str, address: Address) -> str:
    """Return the path of the metadata that a `WWW-Authenticate` header of the server points at, "" where it stands
    elsewhere or nowhere.
    """
    match = _POINTER.search(value)
    there = (match[2] or match[3] or "") if match else ""
    return urlsplit(there).path if there and address.proxied(there, "") is not None else ""


def metadata(body: bytes, address: Address, base: str) -> bytes:
    """Return a protected-resource document in which the server's own address is the proxy's; what is no such document
    as it came.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return body
    resource = document.get("resource") if isinstance(document, dict) else None
    here = address.proxied(resource, base) if isinstance(resource, str) else None
    if here is None or here == resource:
        return body
    if urlsplit(here).path == "/" and not str(resource).endswith("/"):
        here = here.rstrip("/")
    return json.dumps({**document, "resource": here}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def is_sign_in(body: bytes, content_type: str, path: str) -> bool:
    """Tell whether a body posted to a sign-in path is one: a form, or for `/register` a document that is no message."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return not body.lstrip(b" \t\r\n\xef\xbb\xbf").startswith((b"{", b"["))
    if path != "/register" or kind != "application/json":
        return False
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(document, dict)
        and "redirect_uris" in document
        and not {"method", "jsonrpc", "id", "params"} & document.keys()
    )
