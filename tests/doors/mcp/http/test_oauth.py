"""Sign-in through the proxy: what a client reads leads back to the address it dialled."""

from __future__ import annotations

import json

import pytest

from gateway.doors.mcp.http.address import address_of
from gateway.doors.mcp.http.oauth import challenge, is_sign_in, metadata, pointed_at

ADDRESS = address_of("https://h/mcp")
BASE = "http://127.0.0.1:3100"


class TestChallenge:
    @pytest.mark.parametrize(
        ("there", "here"),
        [
            (
                'Bearer resource_metadata="https://h/.well-known/oauth-protected-resource/mcp"',
                f'Bearer resource_metadata="{BASE}/.well-known/oauth-protected-resource/mcp"',
            ),
            (
                'Bearer realm="x", resource_metadata=https://h/custom, scope="a b"',
                f'Bearer realm="x", resource_metadata="{BASE}/custom", scope="a b"',
            ),
            ('Bearer Resource_Metadata = "https://h/x"', f'Bearer Resource_Metadata = "{BASE}/x"'),
            ('Bearer resource_metadata="https://elsewhere/x"', 'Bearer resource_metadata="https://elsewhere/x"'),
            ('Bearer error="invalid_token"', 'Bearer error="invalid_token"'),
            ("Basic realm=x", "Basic realm=x"),
        ],
    )
    def test_leads_through_the_proxy(self, there: str, here: str) -> None:
        assert challenge(there, ADDRESS, BASE) == here

    def test_its_path_is_remembered(self) -> None:
        assert pointed_at('Bearer resource_metadata="https://h/custom/prm.json?x=1"', ADDRESS) == "/custom/prm.json"
        assert pointed_at('Bearer resource_metadata="https://elsewhere/x"', ADDRESS) == pointed_at("Bearer", ADDRESS) == ""


class TestMetadata:
    def test_the_resource_is_the_address_that_was_dialled(self) -> None:
        document = {"resource": "https://h/mcp", "authorization_servers": ["https://as.example"], "scopes_supported": ["a"]}
        assert json.loads(metadata(json.dumps(document).encode(), ADDRESS, BASE)) == {**document, "resource": f"{BASE}/mcp"}

    @pytest.mark.parametrize(("there", "here"), [("https://h", BASE), ("https://h/", BASE + "/")])
    def test_a_bare_origin_keeps_its_form(self, there: str, here: str) -> None:
        assert json.loads(metadata(json.dumps({"resource": there}).encode(), ADDRESS, BASE)) == {"resource": here}

    @pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"resource": 1}', b'{"resource": "https://elsewhere/mcp"}', b"[" * 100_000])
    def test_anything_else_stays(self, body: bytes) -> None:
        assert metadata(body, ADDRESS, BASE) == body


class TestIsSignIn:
    FORM = "application/x-www-form-urlencoded"

    @pytest.mark.parametrize(
        ("body", "kind", "path", "expected"),
        [
            (b"grant_type=authorization_code&code=x", FORM, "/token", True),
            (b"grant_type=x", FORM + "; charset=utf-8", "/token", True),
            (b'{"jsonrpc":"2.0","id":1,"method":"tools/call"}', FORM, "/token", False),
            (b' \xef\xbb\xbf{"jsonrpc":"2.0"}', FORM, "/token", False),
            (b'{"redirect_uris":["http://localhost"]}', "application/json", "/register", True),
            (b'{"redirect_uris":[],"method":"tools/call"}', "application/json", "/register", False),
            (b'{"redirect_uris":[],"redirect_uris":[],"jsonrpc":"2.0"}', "application/json", "/register", False),
            (b'{"redirect_uris":["http://localhost"]}', "application/json", "/token", False),
            (b"{}", "application/json", "/register", False),
            (b"[]", "application/json", "/register", False),
            (b"{", "application/json", "/register", False),
            (b"{}", "", "/register", False),
        ],
    )
    def test_a_message_is_none(self, body: bytes, kind: str, path: str, expected: bool) -> None:
        assert is_sign_in(body, kind, path) is expected
