"""A proxy between a scripted server and a client, all in this process, on loopback, with a real checkpoint and a store of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.mcp import CAPABILITIES
from gateway.doors.mcp.http.access_control import Guard
from gateway.doors.mcp.http.address import address_of
from gateway.doors.mcp.http.proxy import HttpProxy
from gateway.doors.mcp.session.conversation import Conversation
from gateway.doors.mcp.session.enforcement import Gate
from tests.doors.mcp.talk import answer, text

Script = Callable[["Heard"], Awaitable[web.StreamResponse]]
BOTH = "application/json, text/event-stream"


class Heard:
    """A request as the server got it."""

    def __init__(self, request: web.BaseRequest, body: bytes) -> None:
        self.request = request
        self.method = request.method
        self.target = request.raw_path
        self.headers = request.headers
        self.body = body

    @property
    def message(self) -> Any:
        return json.loads(self.body)

    async def stream(self, *chunks: bytes, headers: dict[str, str] | None = None, pause: float = 0.0) -> web.StreamResponse:
        """Answer with a stream."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **(headers or {})})
        await response.prepare(self.request)
        for chunk in chunks:
            await response.write(chunk)
            await asyncio.sleep(pause)
        return response


def until_closed(gone: asyncio.Event) -> Script:
    """Return a server that streams until nobody reads it, and tells when that is."""

    async def script(heard: Heard) -> web.StreamResponse:
        response = await heard.stream(b": hello\n\n")
        try:
            while True:
                await asyncio.sleep(0.05)
                await response.write(b": there\n\n")
        except ConnectionError:
            gone.set()
            raise

    return script


async def echo(heard: Heard) -> web.StreamResponse:
    """Answer every request with its own arguments, notifications with 202."""
    if heard.method != "POST":
        return web.Response(status=405)
    message = heard.message
    if isinstance(message, list):
        return said([_echoed(one) for one in message if "id" in one])
    if "id" not in message or "method" not in message:
        return web.Response(status=202)
    headers = {"Mcp-Session-Id": "s-1"} if message["method"] == "initialize" else {}
    return said(_echoed(message), headers=headers)


def _echoed(message: Any) -> Any:
    return answer(message["id"], text(json.dumps(message.get("params", {}).get("arguments", {}))))


def said(message: object, status: int = 200, **more: Any) -> web.Response:
    """Return a message as a server's whole answer."""
    return web.Response(body=json.dumps(message).encode(), status=status, content_type="application/json", **more)


class Stage:
    """A running proxy, its server's memory and a client."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.heard: list[Heard] = []
        self.proxy: HttpProxy
        self.client: aiohttp.ClientSession
        self.base = ""
        self.upstream = ""

    async def post(self, message: object, path: str = "/mcp", **headers: str) -> tuple[int, Any]:
        """Post a message; return status and answer, of a stream its events' data."""
        raw = message if isinstance(message, bytes) else json.dumps(message).encode()
        named = {"Accept": BOTH, "Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
        async with self.client.post(self.base + path, data=raw, headers=named) as response:
            found = await response.read()
            if response.content_type == "text/event-stream":
                return response.status, [json.loads(line[5:]) for line in found.splitlines() if line.startswith(b"data:") and line[5:].strip()]
            return response.status, json.loads(found) if found[:1] in (b"{", b"[") else found

    def methods(self) -> list[str]:
        """Return the methods of the messages that reached the server."""
        found = []
        for heard in self.heard:
            for one in heard.message if isinstance(heard.message, list) else [heard.message]:
                found.append(one.get("method", "answer"))
        return found

    def events(self) -> list[dict[str, Any]]:
        """Return what was recorded, of all sessions."""
        files = sorted((self.folder / "traces").glob("*/events.ndjson"))
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]


@asynccontextmanager
async def staged(
    folder: Path, script: Script = echo, *, policy: object = None, path: str = "/mcp", token: str = "", **settings: Any
) -> AsyncIterator[Stage]:
    """Run a scripted server, a proxy in front of it and a client."""
    stage = Stage(folder)
    project = folder / "project"
    project.mkdir(exist_ok=True)
    if policy is not None:
        (project / ".agent-scope.json").write_text(json.dumps(policy))

    async def answered(request: web.BaseRequest) -> web.StreamResponse:
        heard = Heard(request, await request.read())
        stage.heard.append(heard)
        return await script(heard)

    server = web.ServerRunner(web.Server(answered, request_factory=_large), shutdown_timeout=0.1)
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    stage.upstream = f"http://127.0.0.1:{server.addresses[0][1]}"
    style = settings.pop("deny_style", "result")
    gate = Gate(Checkpoint(Settings(CAPABILITIES, trace_dir=str(folder / "traces"), **settings)), cwd=str(project))

    def begin() -> Conversation:
        conversation = Conversation(gate, server="toy", deny_style=style)
        conversation.opened({})
        return conversation

    log = structlog.wrap_logger(structlog.testing.CapturingLogger(), wrapper_class=structlog.stdlib.BoundLogger, processors=[])
    stage.proxy = HttpProxy(address_of(stage.upstream + path), Guard("127.0.0.1", token=token), begin, log)
    port = await stage.proxy.start("127.0.0.1", 0)
    stage.base = f"http://127.0.0.1:{port}"
    stage.client = aiohttp.ClientSession(auto_decompress=False)
    try:
        yield stage
    finally:
        await stage.client.close()
        await stage.proxy.stop()
        await server.cleanup()


def _large(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    return web.BaseRequest(message, payload, protocol, writer, task, asyncio.get_running_loop(), client_max_size=1 << 30)
