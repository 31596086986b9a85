"""Listing a server's tools by ourselves: pages, streams, sessions, both eras, and servers that do not tell."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from gateway.doors.mcp.http.address import address_of
from gateway.doors.mcp.http.pin_check import HttpPinCheck
from gateway.model.errors import GatewayError
from tests.doors.mcp.talk import answer
from tests.doors.mcp.web import Heard, said, staged


def tools(folder: Path, script: Any, token: str = "") -> list[Any]:
    async def run() -> list[Any]:
        async with staged(folder, script) as stage:
            return await HttpPinCheck(address_of(stage.upstream + "/mcp"), token).tools()

    return asyncio.run(run())


class TestTools:
    def test_every_page_of_a_session(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            method = heard.message["method"]
            if method == "initialize":
                raw = b"data: " + json.dumps(answer(heard.message["id"], {"protocolVersion": "2025-06-18"})).encode() + b"\n\n"
                return await heard.stream(b": hi\n\n", raw, headers={"Mcp-Session-Id": "s"})
            assert (heard.headers["Mcp-Session-Id"], heard.headers["MCP-Protocol-Version"]) == ("s", "2025-06-18")
            if method != "tools/list":
                return web.Response(status=202)
            page = heard.message["params"].get("cursor", "")
            return said(answer(heard.message["id"], {"tools": [{"name": f"t{page}"}], **({} if page else {"nextCursor": "2"})}))

        assert tools(tmp_path, script) == [{"name": "t"}, {"name": "t2"}]

    def test_a_server_without_sessions(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            if heard.message["method"] == "initialize":
                return said({"jsonrpc": "2.0", "id": heard.message["id"], "error": {"code": -32601, "message": "no"}}, 404)
            assert heard.headers["Mcp-Method"] == "tools/list" and heard.headers["MCP-Protocol-Version"] == "2026-07-28"
            assert heard.message["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] == "2026-07-28"
            return said(answer(heard.message["id"], {"tools": [{"name": "t"}]}))

        assert tools(tmp_path, script) == [{"name": "t"}]

    def test_a_token_signs_in(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            if heard.headers.get("Authorization") != "Bearer t":
                return web.Response(status=401)
            return said(answer(heard.message.get("id"), {"tools": []})) if "id" in heard.message else web.Response(status=202)

        assert tools(tmp_path, script, "t") == []
        with pytest.raises(GatewayError, match="status 401"):
            tools(tmp_path, script)

    @pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"[]", b'{"jsonrpc":"2.0","id":99,"result":{}}'])
    def test_rubbish_is_told(self, tmp_path: Path, body: bytes) -> None:
        async def script(heard: Heard) -> web.StreamResponse:
            return web.Response(body=body, content_type="application/json")

        with pytest.raises(GatewayError, match="refuses `tools/list`"):
            tools(tmp_path, script)
