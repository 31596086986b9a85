"""Addresses: what a person types, what is asked of the server, and how the server's own URLs look from the client's side."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.doors.mcp.http.address import address_of
from gateway.model.errors import GatewayError

BASE = "http://127.0.0.1:3100"


class TestAddressOf:
    @pytest.mark.parametrize(
        ("url", "shown"),
        [
            ("https://mcp.example.com", "https://mcp.example.com"),
            ("mcp.example.com/mcp", "https://mcp.example.com/mcp"),
            ("HTTPS://MCP.Example.com:443/MCP", "https://mcp.example.com/MCP"),
            ("http://[::1]:8080/sse", "http://[::1]:8080/sse"),
            ("https://h/mcp?key=value", "https://h/mcp"),
        ],
    )
    def test_reads(self, url: str, shown: str) -> None:
        assert address_of(url).shown == shown

    @pytest.mark.parametrize(
        "url",
        ["", "ftp://h/", "file:///etc/passwd", "https://", "http://user:pass@h/", "http://user@h/", "http://[::1", "http://h:99999/", "http://a b/"],
    )
    def test_refuses(self, url: str) -> None:
        with pytest.raises(GatewayError) as caught:
            address_of(url)
        assert "pass@" not in str(caught.value)

    @given(st.text())
    def test_never_raises_anything_else(self, url: str) -> None:
        with contextlib.suppress(GatewayError):
            address_of(url)


class TestTarget:
    @pytest.mark.parametrize(
        ("url", "asked", "target"),
        [
            ("https://h/mcp", "/mcp", "https://h/mcp"),
            ("https://h/mcp", "/", "https://h/mcp"),
            ("https://h/mcp", "/mcp?a=1", "https://h/mcp?a=1"),
            ("https://h/mcp?key=k", "/mcp", "https://h/mcp?key=k"),
            ("https://h/mcp?key=k", "/", "https://h/mcp?key=k"),
            ("https://h/mcp?key=k", "/mcp?key=other", "https://h/mcp?key=other"),
            ("https://h", "/", "https://h/"),
            ("https://h", "/message?sessionId=1", "https://h/message?sessionId=1"),
            ("https://h/a%2Fb", "/a%2Fb", "https://h/a%2Fb"),
        ],
    )
    def test_is_on_the_server(self, url: str, asked: str, target: str) -> None:
        assert address_of(url).target(asked) == target

    @pytest.mark.parametrize(
        ("url", "path", "served"),
        [
            ("https://h/mcp", "/mcp", True),
            ("https://h/mcp", "/mcp/", True),
            ("https://h/mcp", "/", True),
            ("https://h/mcp", "/admin", False),
            ("https://h/mcp", "/mcp/../admin", False),
            ("https://h/mcp", "/.well-known/oauth-protected-resource/mcp", True),
            ("https://h/mcp", "/token", True),
            ("https://h", "/anything", True),
        ],
    )
    def test_serves(self, url: str, path: str, served: bool) -> None:
        assert address_of(url).serves(path) is served


class TestProxied:
    @pytest.mark.parametrize(
        ("url", "there", "here"),
        [
            ("https://h/mcp", "https://h/mcp", f"{BASE}/mcp"),
            ("https://h/mcp", "https://h:443/x?y=1", f"{BASE}/x?y=1"),
            ("https://h/mcp", "HTTPS://H/mcp", f"{BASE}/mcp"),
            ("https://h/mcp", "/message?sessionId=1", "/message?sessionId=1"),
            ("https://h/mcp", "message", "message"),
            ("https://h/mcp", "http://h/mcp", None),
            ("https://h/mcp", "https://h.evil/mcp", None),
            ("https://h/mcp", "//evil/mcp", None),
            ("https://h/mcp", "https://h@evil/mcp", None),
            ("https://h/mcp", "javascript:alert(1)", None),
            ("https://h/mcp", "https://h:99999/", None),
            ("http://127.0.0.1:9/mcp", "http://localhost:9/mcp", f"{BASE}/mcp"),
            ("http://127.0.0.1:9/mcp", "http://localhost:10/mcp", None),
        ],
    )
    def test_only_its_own(self, url: str, there: str, here: str | None) -> None:
        assert address_of(url).proxied(there, BASE) == here

    @pytest.mark.parametrize(("there", "path"), [("/m?s=1", "/m?s=1"), ("m?s=1", "/api/m?s=1"), ("https://h/api/m", "/api/m"), ("?s=1", "/api/?s=1")])
    def test_absolute(self, there: str, path: str) -> None:
        assert address_of("https://h/api/sse").absolute(there) == path
