"""The real Claude Code client, run offline in a folder of its own against a stub of its model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.real.messages_api import MessagesApi

CACHE = Path(os.environ.get("AGENT_STRACE_REAL") or Path.home() / ".cache" / "agent-strace-real")
CLIENT = CACHE / "claude" / "node_modules" / "@anthropic-ai" / "claude-code-linux-x64" / "claude"

TOY_SERVER = """
import json, sys
log = open(sys.argv[1], "a")
for line in sys.stdin:
    message = json.loads(line)
    method, name = message.get("method"), message.get("id")
    if name is None:
        continue
    if method == "initialize":
        version = message["params"]["protocolVersion"]
        result = {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": {"name": "toy", "version": "1"}}
    elif method == "tools/list":
        schema = {"type": "object", "properties": {"text": {"type": "string"}}}
        result = {"tools": [{"name": one, "description": one, "inputSchema": schema} for one in ("echo", "erase", "show")]}
    elif method == "tools/call":
        log.write(json.dumps(message["params"]) + "\\n")
        log.flush()
        shown = open(sys.argv[2]).read() if message["params"]["name"] == "show" else ""
        result = {"content": [{"type": "text", "text": "called " + message["params"]["name"] + " " + shown}]}
    else:
        print(json.dumps({"jsonrpc": "2.0", "id": name, "error": {"code": -32601, "message": "no"}}), flush=True)
        continue
    print(json.dumps({"jsonrpc": "2.0", "id": name, "result": result}), flush=True)
"""


class Client:
    """A project folder, a client configuration beside it, and the client run in them."""

    def __init__(self, folder: Path, policy: str) -> None:
        self.project = folder / "project"
        self.config = folder / "config"
        self.mcp_log = folder / "mcp.log"
        for each in (self.project / ".git", self.config, folder / "home"):
            each.mkdir(parents=True)
        self.mcp_log.touch()
        self.planted = folder / "planted.txt"
        self.planted.touch()
        (folder / "toy.py").write_text(TOY_SERVER)
        (self.project / ".agent-scope.json").write_text(policy)
        self.mcp = folder / "mcp.json"
        self.mcp.write_text(
            json.dumps(
                {"mcpServers": {"toy": {"command": sys.executable, "args": ["-I", str(folder / "toy.py"), str(self.mcp_log), str(self.planted)]}}}
            )
        )
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CONFIG_HOME": str(folder / "xdg"),
            "CLAUDE_CONFIG_DIR": str(self.config),
            "ANTHROPIC_API_KEY": "offline",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "DISABLE_TELEMETRY": "1",
            "DISABLE_AUTOUPDATER": "1",
            "DISABLE_ERROR_REPORTING": "1",
            "IS_SANDBOX": "1",
        }

    def setup(self, *options: str) -> None:
        """Write the hooks as a user would."""
        done = subprocess.run(
            [sys.executable, "-m", "gateway", "setup", "--write", *options], cwd=self.project, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def run(self, api: MessagesApi, prompt: str = "go on", *arguments: str) -> dict[str, Any]:
        """Run `claude -p` to its end and return its JSON answer."""
        tools = "Bash Read Edit Write Agent Glob Grep WebFetch mcp__toy__echo mcp__toy__erase mcp__toy__show"
        command = [str(CLIENT), "-p", prompt, "--output-format", "json", "--mcp-config", str(self.mcp), "--allowedTools", tools, *arguments]
        done = subprocess.run(
            command,
            cwd=self.project,
            env={**self.environment, "ANTHROPIC_BASE_URL": api.url},
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert done.stdout.strip(), done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def called(self) -> list[dict[str, Any]]:
        """Return what reached the MCP server."""
        return [json.loads(line) for line in self.mcp_log.read_text().splitlines()]

    def recorded(self) -> str:
        """Return all that stands in the project's store."""
        return "".join(path.read_text() for path in sorted(self.project.glob(".agent-traces/**/*")) if path.is_file())

    def events(self) -> list[dict[str, Any]]:
        """Return every recorded event of the project's store."""
        return [json.loads(line) for path in self.project.glob(".agent-traces/*/events.ndjson") for line in path.read_text().splitlines()]
