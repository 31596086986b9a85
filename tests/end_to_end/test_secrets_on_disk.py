"""A credential in every field of every door, and then the whole disk of that world: no raw value, no base64 of it, anywhere."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gateway import end_session, start_session, trace_tool
from tests.hook_world import World, payload

LETTERS = "a1B2c3D4e5F6g7H8i9J0"


def secrets() -> dict[str, str]:
    """Return one value of ten kinds, made now: none of them stands in a file."""
    jwt = ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in ('{"alg":"HS256","typ":"JWT"}', '{"sub":"4711","n":1}'))
    return {
        "github": "ghp_" + LETTERS + LETTERS[:16],
        "aws": "AKIA" + "Z7QX2M4N8P6R3T5W",
        "slack": "xoxb-" + "123456789012-" + "234567890123-" + LETTERS + "Kq3Z",
        "stripe": "sk_" + "live_" + LETTERS + "Zx9Q",
        "google": "AIza" + "Sy" + LETTERS + "kLmNoPqRsTuVw",
        "gitlab": "glpat-" + LETTERS,
        "npm": "npm_" + LETTERS + LETTERS[:16],
        "anthropic": "sk-" + "ant-api03-" + LETTERS * 4 + "x1Y2z3W4u5V6t" + "AA",
        "jwt": f"{jwt}.{LETTERS}{LETTERS}abc",
        "sendgrid": "SG." + LETTERS + "kL." + LETTERS * 2 + "xyz",
    }


def traces_of(values: list[str], *roots: Path) -> list[str]:
    """Return where a value stands on disk, as it is or in base64."""
    needles = {value: (value.encode(), base64.b64encode(value.encode()).rstrip(b"=")[:-1]) for value in values}
    found = []
    for root in roots:
        for folder, _, names in os.walk(root):
            for path in (f"{folder}/{name}" for name in names):
                data = Path(path).read_bytes() if os.path.isfile(path) else b""
                found += [
                    f"{value[:6]}… in {path}" for value, forms in needles.items() if any(form in data or form in path.encode() for form in forms)
                ]
    return found


class TestHook:
    @pytest.mark.parametrize("kind", ["github", "jwt"])
    def test_the_search_finds_what_is_there(self, kind: str, tmp_path: Path) -> None:
        value = secrets()[kind]
        (tmp_path / "a").write_text(value)
        (tmp_path / "b").write_bytes(base64.b64encode(value.encode()))
        assert len(traces_of([value], tmp_path)) == 2

    def test_no_field_of_any_event(self, tmp_path: Path) -> None:
        world = World(tmp_path)
        project, scratch = world.project("p"), tmp_path / "scratch"
        scratch.mkdir()
        world.compile(project)
        values = list(secrets().values())
        every = " ".join(values)
        encoded = base64.b64encode(every.encode()).decode()
        urls = " ".join(f"https://u:{value}@h.example/p?token={value}" for value in values)
        line = f"curl -H 'Authorization: Bearer {values[0]}' {urls}; TOKEN={values[1]} ./x --key={values[2]} # {every} {encoded}"
        environment = {**world.environment(), "TMPDIR": str(scratch), "API_TOKEN": values[0]}
        for event, more in (
            ("session-start", {"source": every}),
            ("user-prompt", {"prompt": f"use {every} and {urls} {encoded}"}),
            ("pre-tool", {"tool_input": {"command": line, "description": every}}),
            ("pre-tool", {"tool_name": "Write", "tool_input": {"file_path": f"{project}/{values[5]}.txt", "content": every}}),
            (
                "pre-tool",
                {"tool_name": "mcp__srv__call", "tool_input": {"headers": {"X-Api-Key": values[3]}, "deep": [[{"k": every, values[4]: 1}]]}},
            ),
            ("post-tool", {"tool_input": {"command": line}, "tool_response": {"stdout": f"{every}\n{encoded}", "stderr": urls}}),
            ("post-tool-failure", {"tool_input": {"command": line}, "error": f"failed: {every} {encoded}"}),
            ("stop", {"last_assistant_message": every}),
            ("pre-tool", {"cwd": f"{project}/{values[0]}", "tool_input": {"command": f"cd {values[6]} && ls"}}),
            ("session-end", {"reason": every}),
        ):
            done = world.run(project, event, payload(event, project, **more), env=environment)
            assert "Traceback" not in done.stderr
        assert list((project / ".agent-traces").glob("*/events.ndjson"))
        assert traces_of(values, project, world.home, scratch, world.package) == []


class TestOthers:
    def test_the_decorator(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / ".git").mkdir()
        monkeypatch.chdir(tmp_path)
        values = list(secrets().values())

        @trace_tool
        def fetch(url: str, headers: dict[str, str]) -> str:
            return f"{url} {headers}"

        @trace_tool
        def fails(text: str) -> None:
            raise ValueError(text)

        start_session(redact=True)
        for value in values:
            fetch(f"https://x.example/?key={value}", {"Authorization": f"Bearer {value}"})
            with pytest.raises(ValueError, match="no"):
                fails(f"no {value}")
        end_session()
        assert traces_of(values, tmp_path) == []

    def test_a_server_behind_the_proxy(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        values = list(secrets().values())
        server = "import sys, json\nfor line in sys.stdin:\n    m = json.loads(line)\n    print(json.dumps({'jsonrpc': '2.0', 'id': m['id'], 'result': {'content': [{'type': 'text', 'text': line}]}}), flush=True)\n"
        command = [sys.executable, "-m", "gateway", "record", "--", sys.executable, "-c", server, f"--token={values[1]}", *values[2:]]
        calls = [
            {
                "jsonrpc": "2.0",
                "id": number,
                "method": "tools/call",
                "params": {"name": "echo", "arguments": {"text": f"use {value}", "url": f"https://h/?t={value}"}},
            }
            for number, value in enumerate(values)
        ]
        told = "".join(json.dumps(call) + "\n" for call in calls).encode()
        home, scratch = tmp_path / "home", tmp_path / "scratch"
        home.mkdir()
        scratch.mkdir()
        environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "TMPDIR": str(scratch), "SERVER_TOKEN": values[0]}
        done = subprocess.run(command, input=told, capture_output=True, cwd=tmp_path, env=environment, timeout=120, check=False)
        assert b"Traceback" not in done.stderr and list((tmp_path / ".agent-traces").glob("*/events.ndjson"))
        assert traces_of(values, tmp_path) == []
