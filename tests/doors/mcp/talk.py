"""Builders for conversations under a policy, with a real checkpoint and a store of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.mcp.session.conversation import Conversation
from gateway.doors.mcp.session.enforcement import Gate
from gateway.doors.mcp.session.steps import Step
from gateway.host.pins import PinFile
from gateway.model.passage import Capabilities

MCP_DOOR = Capabilities(blocks=True, asks=True, rewrites_arguments=True, rewrites_results=True)


class Clock:
    """Seconds that go forward by one each time they are asked for."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


class Talk:
    """A conversation in a project of its own; messages are Python values."""

    def __init__(self, folder: Path, policy: object = None, *, server: str = "toy", **settings: Any) -> None:
        self.project = folder / "project"
        self.project.mkdir(parents=True, exist_ok=True)
        if policy is not None:
            (self.project / ".agent-scope.json").write_text(json.dumps(policy))
        style = settings.pop("deny_style", "result")
        self.checkpoint = Checkpoint(Settings(MCP_DOOR, trace_dir=str(folder / "traces"), resident=True, **settings))
        self.pins = PinFile("command: toy")
        self.told: list[str] = []
        self.gate = Gate(self.checkpoint, cwd=str(self.project), pins=self.pins, approve="approve it", tell=self.told.append)
        self.conversation = Conversation(self.gate, server=server, deny_style=style, session="one", clock=Clock())
        self.store = folder / "traces" / "one" / "events.ndjson"

    def client(self, message: object) -> list[tuple[str, Any]]:
        """Say something as the client; return (side, message) of each step."""
        return shown(self.conversation.from_client(encoded(message)))

    def server(self, message: object) -> list[tuple[str, Any]]:
        """Say something as the server."""
        return shown(self.conversation.from_server(encoded(message)))

    def events(self) -> list[dict[str, Any]]:
        """Return what was recorded."""
        return [json.loads(line) for line in self.store.read_text().splitlines()] if self.store.exists() else []


def encoded(message: object) -> bytes:
    """Return a message's bytes; bytes are themselves."""
    return message if isinstance(message, bytes) else json.dumps(message).encode()


def shown(steps: tuple[Step, ...]) -> list[tuple[str, Any]]:
    """Return steps as (side, message)."""
    return [(step.side, json.loads(step.raw)) for step in steps]


def request(ident: object, method: str, **params: object) -> dict[str, Any]:
    """Return a request."""
    return {"jsonrpc": "2.0", "id": ident, "method": method, "params": params}


def tool(ident: object, name: str, **arguments: object) -> dict[str, Any]:
    """Return a tools/call."""
    return request(ident, "tools/call", name=name, arguments=arguments)


def answer(ident: object, value: object) -> dict[str, Any]:
    """Return an answer."""
    return {"jsonrpc": "2.0", "id": ident, "result": value}


def text(value: str, **more: object) -> dict[str, Any]:
    """Return a tool's result of one text."""
    return {"content": [{"type": "text", "text": value}], **more}


def hello(capabilities: object = None, version: str = "2025-11-25") -> dict[str, Any]:
    """Return an initialize request."""
    return request(0, "initialize", protocolVersion=version, capabilities=capabilities or {}, clientInfo={"name": "t", "version": "1"})
