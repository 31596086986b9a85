"""Answers: their headers, and streams that are written whole."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import web

from gateway.doors.mcp.http import responses
from gateway.doors.mcp.http.responses import Stream, body, message, trouble


class TestWhole:
    def test_headers_are_those_given(self) -> None:
        answer = body(202, b"x", [("Content-Type", "application/json"), ("Set-Cookie", "a"), ("Set-Cookie", "b")])
        assert answer.headers.getall("Content-Type") == ["application/json"] and answer.headers.getall("Set-Cookie") == ["a", "b"]

    def test_a_message_is_json(self) -> None:
        assert message(b"{}", 400).status == 400 and message(b"{}").content_type == "application/json"

    def test_trouble_is_an_error_that_answers_nothing(self) -> None:
        answer = trouble(403, 'say "no"')
        assert isinstance(answer.body, bytes)
        told = json.loads(answer.body)
        assert told["id"] is None and 'say "no"' in told["error"]["message"]


class TestStream:
    def test_starts_once_and_writes_whole_events(self) -> None:
        async def run() -> bytes:
            async def answered(request: web.BaseRequest) -> web.StreamResponse:
                stream = Stream(request)
                await stream.event(b"{\n}")
                await stream.start(500)
                await stream.pulse()
                return stream.response

            server = web.ServerRunner(web.Server(answered))
            await server.setup()
            await web.TCPSite(server, "127.0.0.1", 0).start()
            reader, writer = await asyncio.open_connection(*server.addresses[0][:2])
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            found = await reader.read()
            writer.close()
            await writer.wait_closed()
            await server.cleanup()
            return found

        found = asyncio.run(run())
        assert found.startswith(b"HTTP/1.1 200") and b"text/event-stream" in found and b"X-Accel-Buffering: no" in found
        assert b"event: message\ndata: {\ndata: }\n\n" in found and b": waiting\n\n" in found

    def test_a_client_that_does_not_read_is_let_go(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(responses, "STALLED", 0.3)

        async def run() -> bool:
            stalled = asyncio.Event()

            async def answered(request: web.BaseRequest) -> web.StreamResponse:
                stream = Stream(request)
                try:
                    while True:
                        await stream.write(b"data: " + b"x" * 1_000_000 + b"\n\n")
                except TimeoutError:
                    stalled.set()
                    request.transport.abort()  # type: ignore[union-attr]
                return stream.response

            server = web.ServerRunner(web.Server(answered))
            await server.setup()
            await web.TCPSite(server, "127.0.0.1", 0).start()
            _, writer = await asyncio.open_connection(*server.addresses[0][:2], limit=1024)
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await asyncio.wait_for(stalled.wait(), 10)
            writer.close()
            await server.cleanup()
            return stalled.is_set()

        assert asyncio.run(run())
