"""What the HTTP proxy costs, beside a bare pass-through on the same library: one run, interleaved, so that noise meets all of them alike.

    python -m tests.bench.mcp_http [--calls 2000] [--connections 32] [--long 100000] [--command "node …/dist/index.js streamableHttp"]

Everything runs on loopback: the server (a toy of this file, or a real one that reads $PORT), the pass-through, `agent-strace record-http`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shlex
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from tests.bench.prose import prose

HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25"}

COMPACT = (",", ":")
"""How both official SDKs write JSON."""


async def toy(request: web.BaseRequest) -> web.StreamResponse:
    """A server that answers a call with its own argument."""
    message = json.loads(await request.read())
    if message.get("method") == "initialize":
        result: Any = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "toy", "version": "1"}}
    elif "id" not in message:
        return web.Response(status=202)
    else:
        result = {"content": [{"type": "text", "text": message["params"]["arguments"]["message"]}]}
    body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}, separators=COMPACT).encode()
    return web.Response(body=body, content_type="application/json", headers={"Mcp-Session-Id": "toy"})


class PassThrough:
    """What any proxy on this library does: a request in, a request out, the answer back as it comes."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in ("host", "content-length", "connection")}
        async with self.client.request(request.method, self.upstream + request.raw_path, headers=headers, data=await request.read()) as answer:
            dropped = ("transfer-encoding", "content-length", "connection", "content-encoding")
            back = web.StreamResponse(status=answer.status, headers={k: v for k, v in answer.headers.items() if k.lower() not in dropped})
            await back.prepare(request)
            async for chunk in answer.content.iter_any():
                await back.write(chunk)
            await back.write_eof()
            return back

    async def start(self) -> None:
        self.client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None))


async def serve(kind: str, port: int, upstream: str) -> None:
    """Run the toy or the pass-through in this process, for ever."""
    handler: Any = toy
    if kind == "pass":
        handler = PassThrough(upstream)
        await handler.start()
    app = web.Application(client_max_size=1 << 30)
    app.router.add_route("*", "/{tail:.*}", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Row:
    """One way to the server: a client session of its own."""

    def __init__(self, name: str, port: int, path: str = "/mcp") -> None:
        self.name = name
        self.url = f"http://127.0.0.1:{port}{path}"
        self.port = port
        self.times: list[float] = []

    @asynccontextmanager
    async def open(self, connections: int) -> AsyncIterator[None]:
        self.client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections))
        self.headers = dict(HEADERS)
        hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}
        async with self.client.post(self.url, json={"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}, headers=HEADERS) as answer:
            await answer.read()
            if "Mcp-Session-Id" in answer.headers:
                self.headers["Mcp-Session-Id"] = answer.headers["Mcp-Session-Id"]
        note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
        async with self.client.post(self.url, json=note, headers=self.headers) as answer:
            await answer.read()
        try:
            yield
        finally:
            await self.client.close()

    async def call(self, number: int, text: str) -> float:
        params = {"name": "echo", "arguments": {"message": text}}
        body = json.dumps({"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}, separators=COMPACT).encode()
        began = time.perf_counter()
        async with self.client.post(self.url, data=body, headers=self.headers) as answer:
            found = await answer.read()
        took = time.perf_counter() - began
        if answer.status != 200 or text[:50].encode() not in found:
            raise AssertionError(f"{self.name}: {answer.status} {found[:200]!r}")
        return took


async def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise AssertionError(f"nothing listens on {port}")


async def sequential(rows: list[Row], calls: int, size: int, block: int = 20) -> None:
    """Time calls one after the other, the rows taking turns."""
    number = 1
    for row in rows:
        row.times = []
    for _ in range(calls // block):
        for row in rows:
            for _ in range(block):
                number += 1
                row.times.append(await row.call(number, prose(size, number)))


async def concurrent(row: Row, calls: int, connections: int, size: int) -> float:
    """Return calls a second over many connections."""
    numbers = iter(range(10_000_000, 10_000_000 + calls))

    async def worker() -> None:
        for number in numbers:
            await row.call(number, prose(size, number))

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(connections)))
    return calls / (time.perf_counter() - began)


def resident(pid: int) -> int:
    """Return the resident memory of a process, kB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def processor(pid: int) -> float:
    """Return the processor time that a process has used, seconds (proc(5), fields 14 and 15)."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def p(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


async def measure(options: argparse.Namespace, rows: list[Row], pids: list[int]) -> None:
    direct, bare, mine = rows
    await sequential(rows, 400, 1024)
    before = [processor(pid) for pid in pids]
    await sequential(rows, options.calls, 1024)
    used = [(processor(pid) - start) / options.calls * 1e6 for pid, start in zip(pids, before, strict=True)]
    print("processor, us a call: " + ", ".join(f"{row.name} {value:.0f}" for row, value in zip(rows, used, strict=True)))
    for row in rows:
        print(f"{row.name:14} p50 {p(row.times, 0.5):.3f} ms  p99 {p(row.times, 0.99):.3f} ms")
    added = [statistics.median(row.times) - statistics.median(direct.times) for row in (bare, mine)]
    tenth = len(mine.times) // 10
    drift = statistics.median(mine.times[-tenth:]) / statistics.median(mine.times[:tenth])
    print(
        f"added: pass-through {added[0] * 1000:.3f} ms, ours {added[1] * 1000:.3f} ms, ratio {added[1] / added[0]:.2f}; last tenth / first {drift:.2f}"
    )
    rates: dict[str, list[float]] = {row.name: [] for row in rows}
    for _ in range(options.rounds):
        for row in rows:
            rates[row.name].append(await concurrent(row, options.calls, options.connections, 1024))
    best = {name: statistics.median(found) for name, found in rates.items()}
    shares = statistics.median(two / one for one, two in zip(rates[bare.name], rates[mine.name], strict=True))
    print(
        f"{options.connections} connections, calls/s: "
        + ", ".join(f"{name} {rate:.0f}" for name, rate in best.items())
        + f"; ours / bare {shares:.2f}"
    )
    await sequential(rows, 40, 1 << 20, block=5)
    large = [statistics.median(row.times) * 1000 for row in rows]
    print(
        "1 MiB, ms: "
        + ", ".join(f"{row.name} {value:.1f}" for row, value in zip(rows, large, strict=True))
        + f"; ours / direct {large[2] / large[0]:.2f}"
    )
    if options.long:
        marks = []
        for _ in range(10):
            await concurrent(mine, options.long // 10, options.connections, 1024)
            marks.append(resident(pids[2]))
        print(f"memory over {options.long} calls, kB: " + " ".join(map(str, marks)))


async def main(options: argparse.Namespace) -> None:
    ports = [free_port() for _ in range(3)]
    server = f"http://127.0.0.1:{ports[0]}"
    me = [sys.executable, "-m", "tests.bench.mcp_http"]
    with tempfile.TemporaryDirectory() as folder:
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        first = shlex.split(options.command) if options.command else [*me, "--serve", "toy", "--port", str(ports[0])]
        proxy = [sys.executable, "-m", "gateway", "--trace-dir", f"{folder}/traces", "record-http", f"{server}/mcp", "--port", str(ports[2])]
        running = [
            subprocess.Popen(first, env={**os.environ, "PORT": str(ports[0])}, **quiet),
            subprocess.Popen([*me, "--serve", "pass", "--port", str(ports[1]), "--upstream", server], **quiet),
            subprocess.Popen(proxy, env={**os.environ, "PYTHONPATH": os.getcwd()}, cwd=folder, **quiet),
        ]
        try:
            for port in ports:
                await wait_for(port)
            rows = [Row(name, port) for name, port in zip(("direct", "pass-through", "ours"), ports, strict=True)]
            async with rows[0].open(options.connections), rows[1].open(options.connections), rows[2].open(options.connections):
                await measure(options, rows, [process.pid for process in running])
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(10)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--long", type=int, default=0)
    parser.add_argument("--command", default="")
    parser.add_argument("--serve", default="")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--upstream", default="")
    given = parser.parse_args()
    asyncio.run(serve(given.serve, given.port, given.upstream) if given.serve else main(given))
