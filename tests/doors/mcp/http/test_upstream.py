"""The server's side: reused connections, verified certificates, bounded answers, redirects left alone."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from gateway.doors.mcp.http import upstream as http_upstream
from gateway.doors.mcp.http.address import address_of
from gateway.doors.mcp.http.upstream import Upstream, UpstreamError, whole
from tests.doors.mcp.web import Heard, Stage, echo, staged


def asking(folder: Path, script: Any, part: Any, **more: Any) -> Any:
    async def run() -> Any:
        async with staged(folder, script, **more) as stage:
            return await part(stage.proxy.wire.upstream, stage)

    return asyncio.run(asyncio.wait_for(run(), 20))


class TestUpstream:
    def test_connections_are_reused(self, tmp_path: Path) -> None:
        async def part(upstream: Upstream, stage: Stage) -> int:
            for number in range(5):
                await stage.post({"jsonrpc": "2.0", "id": number, "method": "ping"})
            return len({heard.request.transport.get_extra_info("peername") for heard in stage.heard if heard.request.transport})

        assert asking(tmp_path, echo, part) == 1

    def test_nothing_is_added_to_what_the_client_sent(self, tmp_path: Path) -> None:
        async def part(upstream: Upstream, stage: Stage) -> set[str]:
            async with upstream.ask("POST", "/mcp", [("accept", "a")], b"{}"):
                pass
            return {name.lower() for name in stage.heard[0].headers}

        async def script(heard: Heard) -> web.Response:
            return web.Response(status=202)

        assert asking(tmp_path, script, part) == {"host", "accept", "accept-encoding", "content-length", "content-type"} - {"content-type"}

    def test_no_cookie_of_one_client_reaches_another(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.Response:
            return web.Response(headers={"Set-Cookie": "who=first"})

        async def part(upstream: Upstream, stage: Stage) -> list[Any]:
            for _ in range(2):
                async with upstream.ask("GET", "/mcp", []):
                    pass
            return [heard.headers.get("Cookie") for heard in stage.heard]

        assert asking(tmp_path, script, part) == [None, None]

    def test_redirects_are_left_to_the_client(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.Response:
            return web.Response(status=302, headers={"Location": "/elsewhere"})

        async def part(upstream: Upstream, stage: Stage) -> tuple[int, int]:
            async with upstream.ask("GET", "/mcp", [("authorization", "Bearer t")]) as answer:
                return answer.status, len(stage.heard)

        assert asking(tmp_path, script, part) == (302, 1)

    @pytest.mark.parametrize("kind", ["gzip", "identity"])
    def test_packed_answers_are_unpacked(self, tmp_path: Path, kind: str) -> None:
        async def script(heard: Heard) -> web.Response:
            body = gzip.compress(b"x" * 1000) if kind == "gzip" else b"x" * 1000
            return web.Response(body=body, headers={"Content-Encoding": kind})

        async def part(upstream: Upstream, stage: Stage) -> bytes:
            async with upstream.ask("GET", "/mcp", []) as answer:
                return await whole(answer)

        assert asking(tmp_path, script, part) == b"x" * 1000

    def test_a_small_answer_that_unpacks_to_a_large_one_is_refused(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.Response:
            return web.Response(body=gzip.compress(bytes(20_000_000)), headers={"Content-Encoding": "gzip"})

        async def part(upstream: Upstream, stage: Stage) -> None:
            async with upstream.ask("GET", "/mcp", []) as answer:
                with pytest.raises(UpstreamError, match="larger than 1000000"):
                    await whole(answer, 1_000_000)

        asking(tmp_path, script, part)

    def test_an_answer_packed_in_another_way_is_refused(self, tmp_path: Path) -> None:
        async def script(heard: Heard) -> web.Response:
            return web.Response(body=b"x", headers={"Content-Encoding": "compress"})

        async def part(upstream: Upstream, stage: Stage) -> None:
            async with upstream.ask("GET", "/mcp", []) as answer:
                with pytest.raises(UpstreamError, match="packed"):
                    await whole(answer)

        asking(tmp_path, script, part)

    def test_nobody_there(self) -> None:
        async def run() -> None:
            upstream = Upstream(address_of("http://127.0.0.1:9/mcp"))
            with pytest.raises(UpstreamError, match="not started"):
                async with upstream.ask("GET", "/", []):
                    pass
            await upstream.start()
            try:
                with pytest.raises(UpstreamError, match=r"127\.0\.0\.1:9 cannot be reached"):
                    async with upstream.ask("GET", "/", []):
                        pass
            finally:
                await upstream.stop()

        asyncio.run(run())

    def test_a_certificate_that_nobody_signed_is_refused(self, tmp_path: Path) -> None:
        key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
        made = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ]
        if subprocess.run([*made, "-keyout", key, "-out", cert], capture_output=True, check=False).returncode:
            pytest.skip("no openssl")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)

        async def run() -> None:
            async def answered(request: web.BaseRequest) -> web.Response:
                return web.Response()

            server = web.ServerRunner(web.Server(answered))
            await server.setup()
            await web.TCPSite(server, "127.0.0.1", 0, ssl_context=context).start()
            upstream = Upstream(address_of(f"https://localhost:{server.addresses[0][1]}/mcp"))
            await upstream.start()
            try:
                with pytest.raises(UpstreamError, match="certificate cannot be verified"):
                    async with upstream.ask("GET", "/", []):
                        pass
            finally:
                await upstream.stop()
                await server.cleanup()

        asyncio.run(run())


class TestProxyFor:
    @pytest.mark.parametrize(
        ("origin", "found"),
        [
            ("https://h", "http://proxy:1"),
            ("http://h", None),
            ("https://localhost", None),
            ("https://127.0.0.1:1", None),
            ("https://inside.example", None),
        ],
    )
    def test_is_what_the_environment_names(self, monkeypatch: pytest.MonkeyPatch, origin: str, found: str | None) -> None:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("https_proxy", "http://proxy:1")
        monkeypatch.setenv("no_proxy", "inside.example")
        assert http_upstream._proxy_for(origin) == found
