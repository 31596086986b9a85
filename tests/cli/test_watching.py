"""Watching while the session is written: alerts come when they are due, and a webhook that is closed ends nothing."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from gateway.cli.watching import write_postmortem
from gateway.host.attribution import ancestors


def line(number: int, kind: str = "tool_call") -> str:
    data = {"tool_name": "Bash", "arguments": {"command": f"ls {number}"}, "decision": {"effect": "allow"}}
    return json.dumps({"event_type": kind, "timestamp": time.time(), "event_id": f"e{number}", "session_id": "abc", "data": data}) + "\n"


class TestLive:
    def test_tells_when_it_happens_and_ends_with_the_session(self, tmp_path: Path) -> None:
        session = tmp_path / "t" / "abc"
        session.mkdir(parents=True)
        path = session / "events.ndjson"
        path.write_text(line(1))
        command = [
            sys.executable,
            "-m",
            "gateway",
            "--trace-dir",
            str(tmp_path / "t"),
            "watch",
            "abc",
            "--max-calls",
            "2",
            "--webhook",
            "http://127.0.0.1:1/x",
        ]
        with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
            assert process.stdout is not None
            time.sleep(1.5)
            with path.open("a") as file:
                file.write(line(2))
            alert = json.loads(process.stdout.readline())
            assert (alert["rule"], alert["event"]) == ("limits.tool_calls", 2)
            with path.open("a") as file:
                file.write(line(3, "session_end"))
            _, errors = process.communicate(timeout=120)
        assert process.returncode == 1 and "does not take the alert" in errors and "Traceback" not in errors

    def test_ctrl_c_ends_it_in_order(self, tmp_path: Path) -> None:
        (tmp_path / "t" / "abc").mkdir(parents=True)
        (tmp_path / "t" / "abc" / "events.ndjson").write_text(line(1))
        command = [sys.executable, "-m", "gateway", "--trace-dir", str(tmp_path / "t"), "watch", "abc"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=120)
        assert process.returncode == 0 and "Traceback" not in errors


class TestStop:
    def test_does_not_wait_for_the_webhook(self, tmp_path: Path) -> None:
        session = tmp_path / "t" / "abc"
        session.mkdir(parents=True)
        with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"]) as agent, socket.create_server(("127.0.0.1", 0)) as slow:
            (session / "meta.json").write_text(json.dumps({"attribution": {"process_ancestry": ancestors(agent.pid)[:1]}}))
            path = session / "events.ndjson"
            path.write_text(line(1))
            hook = f"http://127.0.0.1:{slow.getsockname()[1]}/x"
            words = ["--trace-dir", str(tmp_path / "t"), "watch", "abc", "--max-calls", "2", "--webhook", hook, "--on-violation", "stop"]
            with subprocess.Popen([sys.executable, "-m", "gateway", *words], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(1.5)
                with path.open("a") as file:
                    file.write(line(2))
                try:
                    assert agent.wait(10) in (-signal.SIGTERM, -signal.SIGKILL)
                finally:
                    agent.kill()
                    process.kill()


class TestPostmortem:
    def test_whole_or_not_at_all(self, tmp_path: Path) -> None:
        (tmp_path / "abc").mkdir()
        path = write_postmortem(str(tmp_path), "abc", {"a": 1})
        assert json.loads(Path(path).read_text()) == {"a": 1} and len(list((tmp_path / "abc").iterdir())) == 1
