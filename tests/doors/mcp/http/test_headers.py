"""Headers: what goes on, which way, and what leads around the proxy."""

from __future__ import annotations

import pytest

from gateway.doors.mcp.http.address import address_of
from gateway.doors.mcp.http.headers import to_client, to_server

ADDRESS = address_of("https://h/mcp")
BASE = "http://127.0.0.1:3100"


class TestToServer:
    @pytest.mark.parametrize(
        "name",
        [
            "Host",
            "Connection",
            "Keep-Alive",
            "Transfer-Encoding",
            "Content-Length",
            "Content-Encoding",
            "Accept-Encoding",
            "Upgrade",
            "Expect",
            "Proxy-Authorization",
            "X-Agent-Strace-Token",
            "TE",
        ],
    )
    def test_what_belongs_to_one_connection_stays(self, name: str) -> None:
        assert to_server([(name, "x")], "") == []

    @pytest.mark.parametrize(
        "name",
        [
            "Authorization",
            "Accept",
            "Content-Type",
            "Mcp-Session-Id",
            "MCP-Protocol-Version",
            "Last-Event-ID",
            "Mcp-Param-X",
            "Cookie",
            "Origin",
            "User-Agent",
            "traceparent",
            "X-Anything",
        ],
    )
    def test_the_rest_goes_on(self, name: str) -> None:
        assert to_server([(name, "x"), (name, "y")], "") == [(name.lower(), "x"), (name.lower(), "y")]

    def test_what_the_connection_header_names_stays(self) -> None:
        assert to_server([("Connection", "close, X-Mine"), ("x-mine", "1"), ("x-other", "2")], "") == [("x-other", "2")]

    def test_the_proxys_own_token_stays(self) -> None:
        assert to_server([("Authorization", "Bearer ours")], "authorization") == []


class TestToClient:
    def back(self, *pairs: tuple[str, str], origin: str = "") -> list[tuple[str, str]]:
        return to_client(pairs, ADDRESS, BASE, origin)

    def test_what_the_client_needs_comes_back(self) -> None:
        pairs = [("Content-Type", "application/json"), ("Mcp-Session-Id", "s"), ("X-Accel-Buffering", "no"), ("Set-Cookie", "a"), ("Set-Cookie", "b")]
        assert self.back(*pairs) == pairs

    @pytest.mark.parametrize(
        "name", ["Alt-Svc", "Refresh", "Strict-Transport-Security", "Connection", "Transfer-Encoding", "Content-Encoding", "Content-Length"]
    )
    def test_what_leads_around_the_proxy_does_not(self, name: str) -> None:
        assert self.back((name, "x")) == []

    def test_places_are_the_proxys(self) -> None:
        assert self.back(("Location", "https://h/mcp/")) == [("Location", f"{BASE}/mcp/")]
        assert self.back(("Location", "https://evil/mcp")) == []
        assert self.back(("WWW-Authenticate", 'Bearer resource_metadata="https://h/x"')) == [
            ("WWW-Authenticate", f'Bearer resource_metadata="{BASE}/x"')
        ]

    def test_no_page_but_the_one_that_asks_may_read(self) -> None:
        assert self.back(("Access-Control-Allow-Origin", "*")) == []
        assert self.back(("Access-Control-Allow-Origin", "*"), origin="http://localhost:6274") == [
            ("Access-Control-Allow-Origin", "http://localhost:6274")
        ]
