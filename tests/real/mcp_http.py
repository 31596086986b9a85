"""Real MCP servers over HTTP with `record-http` in front of them, and the real clients that ask both."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CACHE = Path(os.environ.get("AGENT_STRACE_REAL") or Path.home() / ".cache" / "agent-strace-real")
PYTHON = CACHE / "mcp-client" / "bin" / "python"
NODE = CACHE / "mcp-inspector" / "node_modules" / ".bin" / "node"
INSPECTOR = CACHE / "mcp-inspector" / "node_modules" / ".bin" / "mcp-inspector"
EVERYTHING = CACHE / "mcp-servers" / "node_modules" / "@modelcontextprotocol" / "server-everything" / "dist" / "index.js"
SUITES = {
    name: CACHE / name / "node_modules" / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
    for name in ("mcp-conformance", "mcp-conformance-next")
}
HERE = Path(__file__).parent
LINE = re.compile(r"^[✓✗] ([\w/.-]+): (\d+) passed, (\d+) failed", re.MULTILINE)


def installed() -> bool:
    return all(path.exists() for path in (PYTHON, NODE, INSPECTOR, EVERYTHING, *SUITES.values()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[object], port: int, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until it is no longer needed; it listens when this begins."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise AssertionError(f"{command[0]} ended with {process.returncode}")
            time.sleep(0.1)
        else:
            raise AssertionError(f"{command[0]} does not listen on {port}")
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def server(kind: str, *options: str) -> Iterator[str]:
    """Run a real server: `everything`, `everything-sse` or `conformance`; yield its URL."""
    port = free_port()
    if kind == "conformance":
        with running([PYTHON, "-W", "ignore", HERE / "conformance_server.py", port, *options], port):
            yield f"http://127.0.0.1:{port}/mcp"
        return
    how, path = ("sse", "/sse") if kind == "everything-sse" else ("streamableHttp", "/mcp")
    with running([NODE, EVERYTHING, how], port, env={**os.environ, "PORT": str(port)}):
        yield f"http://127.0.0.1:{port}{path}"


LOOPS = ("uvloop", "asyncio")
_PLAIN = "import sys, runpy; sys.modules['uvloop'] = None; sys.argv[0] = 'agent-strace'; runpy.run_module('gateway', run_name='__main__')"
"""Runs the gateway as it is where the extra `speed` is not installed."""


@contextmanager
def proxy(url: str, folder: Path, *options: str, loop: str = LOOPS[0]) -> Iterator[str]:
    """Run `record-http` in front of a server, on one of the loops it knows; yield its URL."""
    port = free_port()
    folder.mkdir(exist_ok=True)
    root = HERE.parents[1]
    started = ["-m", "gateway"] if loop == LOOPS[0] else ["-c", _PLAIN]
    command = [sys.executable, *started, "record-http", url, "--port", port, *options]
    with running(command, port, cwd=folder, env={**os.environ, "PYTHONPATH": str(root)}):
        yield f"http://127.0.0.1:{port}/" + url.split("/", 3)[3]


def checks(kind: str, era: str, how: str, url: str) -> dict[str, Any]:
    """Return what the official Python SDK's client sees."""
    command = [PYTHON, "-W", "ignore", HERE / "mcp_checks.py", kind, era, how, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise AssertionError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def conformance(suite: str, url: str, *options: str) -> dict[str, list[int]]:
    """Return {scenario: [checks passed, checks failed]} of the official suite."""
    command = [NODE, SUITES[suite], "server", "--url", url, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    found = {name: [int(passed), int(failed)] for name, passed, failed in LINE.findall(done.stdout)}
    if not found:
        raise AssertionError(done.stdout[-1000:] + done.stderr[-1000:])
    return dict(sorted(found.items()))


def signing(*, through: bool, folder: Path) -> dict[str, list[int]]:
    """Return {scenario: [checks passed, checks failed]} of the suite's sign-in scenarios, for a client of the official SDK."""
    folder.mkdir(exist_ok=True)
    client = f"{PYTHON} -W ignore {HERE / 'signing_client.py'}"
    command = [NODE, SUITES["mcp-conformance-next"], "client", "--command", client, "--suite", "auth", "--timeout", "150000"]
    environment = {**os.environ, "AGENT_TRACE_DIR": str(folder), "PYTHONPATH": str(HERE.parents[1])}
    if through:
        environment["THROUGH"] = sys.executable
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=400, cwd=folder, env=environment)
    return dict(sorted((name, [int(passed), int(failed)]) for name, passed, failed in LINE.findall(done.stdout)))


def scenario(suite: str, url: str, name: str) -> tuple[int, int]:
    """Return (checks passed, checks failed) of one scenario of the official suite."""
    command = [NODE, SUITES[suite], "server", "--url", url, "--scenario", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    found = re.search(r"^Passed: (\d+)/\d+, (\d+) failed", done.stdout, re.MULTILINE)
    if found is None:
        raise AssertionError(done.stdout[-1000:] + done.stderr[-1000:])
    return int(found[1]), int(found[2])


def inspector(url: str, how: str, method: str, *options: str) -> Any:
    """Return what the inspector's command line prints."""
    environment = {**os.environ, "MCP_AUTO_OPEN_ENABLED": "false", "PATH": f"{NODE.parent}:{os.environ['PATH']}"}
    command = [NODE, INSPECTOR.resolve(), "--cli", url, "--transport", how, "--method", method, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    if done.returncode:
        raise AssertionError(done.stderr[-1000:])
    return json.loads(done.stdout)
