"""Two doors, one verdict: what a policy stops at the hook it stops at the HTTP door, and nothing else; judged by what the server got to do."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.hook import claude_code
from gateway.model.effects import ALLOW
from tests.doors.mcp.talk import request, tool
from tests.doors.mcp.web import Stage, staged
from tests.shell import corpus

SERVER = {
    "effects": {
        "run": {"run": ["/command"]},
        "read": {"read": ["/path"]},
        "write": {"write": ["/path"]},
        "fetch": {"connect": ["/url"]},
    },
    "tools": {"deny": ["erase"], "ask": ["publish"]},
}
DENY = {
    "files": {"read": {"deny": [".env", "secrets/**", ".ssh/**"], "ask": ["*.pem"]}, "write": {"deny": [".github/**", "*.lock"]}},
    "commands": {"deny": ["curl", "rm -rf", "git push --force", "npm publish"], "ask": ["git push", "docker"]},
    "network": {"deny": ["*.evil.example", "169.254.169.254"]},
    "tools": {"deny": ["mcp__toy__drop_*"]},
    "mcp": {"servers": {"toy": SERVER}},
}
CLOSED = {
    "files": {"read": {"allow": ["src/**", "tests/**", "README.md"]}, "write": {"allow": ["src/**"]}},
    "commands": {"allow": ["pytest", "uv run", "cat", "ls", "git status", "git diff", "echo", "grep"]},
    "network": {"deny_all": True, "allow": ["localhost"]},
    "tools": {"allow": ["Bash", "Read", "Write", "WebFetch", "mcp__toy__*"]},
    "mcp": {"servers": {"toy": SERVER}},
}
COMMANDS = sorted({*corpus.written("agents.txt"), *corpus.written("grammar.txt"), *corpus.generated(20)})
PATHS = [
    *("src/app.py", "README.md", ".env", "config/.env", "./src/../.env", "src/../../etc/passwd", "/etc/passwd", "~/.ssh/id_rsa", "~/x"),
    *("secrets/a/b", "key.pem", "SRC/app.py", ".github/workflows/a.yml", "src/poetry.lock", "link-to-env", "src/", ".", "src//app.py"),
]
URLS = [
    *("http://localhost:8000/x", "https://api.evil.example/", "https://evil.example/", "http://169.254.169.254/latest", "http://2852039166/"),
    *(
        "http://user@evil.example@localhost/",
        "HTTPS://API.EVIL.EXAMPLE",
        "https://localhost.evil.example/",
        "http://[::ffff:a9fe:a9fe]/",
        "ftp://localhost/a",
    ),
]
TOOLS = ["erase", "publish", "drop_table", "list_things", "drop", "DROP_table"]


def pairs() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Return (hook's tool, its input, the message that asks the same of a server) of every case."""
    found: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    found += [("Bash", {"command": one}, tool(0, "run", command=one)) for one in COMMANDS]
    found += [("Read", {"file_path": one}, tool(0, "read", path=one)) for one in PATHS]
    found += [("Write", {"file_path": one, "content": "x"}, tool(0, "write", path=one, content="x")) for one in PATHS]
    found += [("WebFetch", {"url": one, "prompt": "x"}, tool(0, "fetch", url=one)) for one in URLS]
    found += [(f"mcp__toy__{one}", {"a": 1}, tool(0, one, a=1)) for one in TOOLS]
    found += [
        ("ReadMcpResourceTool", {"server": "toy", "uri": f"file://{one}"}, request(0, "resources/read", uri=f"file://{one}"))
        for one in ("/etc/hosts", "/p/.env", "/home/u/.ssh/id_rsa")
    ]
    return found


def at_the_hook(project: Path, traces: Path, cases: list[tuple[str, dict[str, Any], Any]]) -> list[bool]:
    """Return which cases the hook lets through."""
    checkpoint = Checkpoint(Settings(claude_code.CAPABILITIES, trace_dir=str(traces), resident=True))
    passed = []
    for number, (name, given, _) in enumerate(cases):
        payload = {"hook_event_name": "PreToolUse", "session_id": "h", "cwd": str(project), "tool_use_id": f"h{number}"}
        arrival = claude_code.read("pre-tool", {**payload, "tool_name": name, "tool_input": given})
        assert arrival.call is not None
        passed.append(checkpoint.before(arrival.call).effect == ALLOW)
    return passed


def at_the_server(folder: Path, policy: object, cases: list[tuple[Any, Any, dict[str, Any]]]) -> list[bool]:
    """Return which cases a server behind the HTTP door gets to see."""

    async def run() -> list[bool]:
        async with staged(folder, policy=policy, resident=True) as stage:
            return [await reached(stage, {**message, "id": number}) for number, (_, _, message) in enumerate(cases)]

    return asyncio.run(run())


async def reached(stage: Stage, message: dict[str, Any]) -> bool:
    before = len(stage.heard)
    status, found = await stage.post(message)
    seen = len(stage.heard) > before
    assert status == 200 and found["id"] == message["id"]
    assert seen == ("error" not in found and not found["result"].get("isError")), found
    return seen


@pytest.mark.parametrize("policy", [DENY, CLOSED, {}], ids=["deny", "closed", "baseline"])
def test_the_same_cases_pass_at_both_doors(tmp_path: Path, own_world: Path, policy: dict[str, Any]) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / ".git").mkdir()
    (project / ".env").write_text("A=1")
    (project / "link-to-env").symlink_to(".env")
    (project / ".agent-scope.json").write_text(json.dumps(policy))
    cases = pairs()
    if not policy:
        # What an argument of an unknown server is can only be guessed at without `effects`: only what needs no guess is compared.
        cases = [one for one in cases if one[0] in ("Bash", "ReadMcpResourceTool") or one[0].startswith("mcp__")]
        policy = {"mcp": {"servers": {"toy": SERVER}}}
        (project / ".agent-scope.json").write_text(json.dumps(policy))
    hook = at_the_hook(project, tmp_path / "traces-hook", cases)
    http = at_the_server(tmp_path, policy, cases)
    different = [(case[0], case[1], "hook" if here else "http") for case, here, there in zip(cases, hook, http, strict=True) if here != there]
    assert different == []
    assert 0 < sum(hook) < len(hook)
