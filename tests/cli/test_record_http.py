"""`record-http` reads its options, refuses to stand open, and serves until it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from gateway.cli.record_http import Place, guard_of
from gateway.model.errors import GatewayError
from tests.doors.mcp.talk import tool

COMMAND = [sys.executable, "-m", "gateway", "record-http"]


def told(*words: str) -> tuple[int, str]:
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, timeout=120)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


class TestOptions:
    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("--deny-style", "loud", "http://h"), 2, "loud"),
            (("ftp://h",), 4, "ftp"),
            (("http://user:word@h",), 4, "Authorization"),
            (("http://h", "--host", "0.0.0.0"), 4, "--token-env"),
            (("http://h", "--host", "10.1.2.3"), 4, "--token-env"),
            (("http://h", "--token-env", "NO_SUCH_VARIABLE"), 4, "NO_SUCH_VARIABLE"),
            (("http://h", "--port", "70000"), 2, "65535"),
            ((), 2, "URL"),
        ],
    )
    def test_what_cannot_work_is_told(self, words: tuple[str, ...], code: int, said: str) -> None:
        found, err = told(*words)
        assert found == code and said in err


class TestGuardOf:
    def test_elsewhere_only_with_a_token(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THE_TOKEN", "")
        for place in (Place("0.0.0.0", 0, "", ()), Place("0.0.0.0", 0, "THE_TOKEN", ()), Place("127.0.0.1", 0, "THE_TOKEN", ())):
            with pytest.raises(GatewayError):
                guard_of(place)
        monkeypatch.setenv("THE_TOKEN", "t")
        guard_of(Place("0.0.0.0", 0, "THE_TOKEN", ()))
        guard_of(Place("::1", 0, "", ()))


class Toy(BaseHTTPRequestHandler):
    """A server that answers every request with its own tool."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        result: dict[str, object] = {"content": [{"type": "text", "text": message.get("params", {}).get("name")}]}
        if message["method"] == "tools/list":
            result = {"tools": [{"name": "fine", "description": self.server.told, "inputSchema": {"type": "object"}}]}  # type: ignore[attr-defined]
        body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode() if "id" in message else b""
        self.send_response(200 if body else 202)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_it_is_told_to_stop(tmp_path: Path, number: int) -> None:
    server = HTTPServer(("127.0.0.1", 0), Toy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / ".agent-scope.json").write_text(json.dumps({"tools": {"deny": ["mcp__toy__danger"]}}))
    url = f"http://127.0.0.1:{server.server_port}/mcp"
    process = subprocess.Popen(
        [*COMMAND, url, "--port", "0", "--name", "toy", "--redact"], cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=os.environ.copy()
    )
    try:
        assert process.stderr
        line = json.loads(process.stderr.readline())
        assert line["event"] == "listening"
        for name, failed in (("fine", None), ("danger", True)):
            asked = urllib.request.Request(
                line["url"], json.dumps(tool(1, name, text="word " * 10_000)).encode(), {"Content-Type": "application/json"}
            )
            with urllib.request.urlopen(asked, timeout=10) as response:
                assert json.load(response)["result"].get("isError") is failed
        process.send_signal(number)
        assert process.wait(10) == 0
        [store] = (tmp_path / ".agent-traces").glob("*/events.ndjson")
        events = [json.loads(one) for one in store.read_text().splitlines()]
        kinds = [one["event_type"] for one in events]
        assert kinds == ["session_start", "tool_call", "tool_result", "tool_call", "session_end"]
        assert [one["scan"]["state"] for one in events] == ["complete", "partial", "complete", "partial", "complete"]
    finally:
        process.kill()
        process.wait()
        process.stderr.close()  # type: ignore[union-attr]
        server.shutdown()
        server.server_close()


def test_changed_tools_are_shown_and_approved(tmp_path: Path) -> None:
    server = HTTPServer(("127.0.0.1", 0), Toy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/mcp"
    try:
        for told_now, said in (("one", "fine: new"), ("one", "1 of them as they were"), ("other", "fine: changed")):
            server.told = told_now  # type: ignore[attr-defined]
            done = subprocess.run([*COMMAND, url, "--approve-pins"], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120)
            assert said in done.stdout
    finally:
        server.shutdown()
        server.server_close()
