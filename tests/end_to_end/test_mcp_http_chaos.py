"""Client, proxy and server killed at random moments: nobody hangs, nothing is left running, every answered call is in the record, no line is torn."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.doors.mcp.talk import tool
from tests.real.mcp_http import free_port

HERE = Path(__file__).parent
HANG = 120.0
"""Seconds after which somebody is said to hang: who hangs does so for ever, and who waits for a busy processor does not."""
ANSWERS = 3
"""Answers that a client has before somebody is killed: what happens then must not depend on how fast the machine is."""
ROUNDS = int(os.environ.get("AGENT_STRACE_ROUNDS", "200"))


class Chatter:
    """A client that calls without end; its answers are read as they come."""

    def __init__(self, url: str, name: str) -> None:
        self.answers: list[str] = []
        self._heard = threading.Condition()
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "chatter.py"), url, name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.endswith("\n"):
                with self._heard:
                    self.answers.append(line.strip())
                    self._heard.notify_all()

    def wait(self) -> None:
        """Wait until it has had some answers."""
        with self._heard:
            assert self._heard.wait_for(lambda: len(self.answers) >= ANSWERS, HANG), "the client hangs"

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join(HANG)
        if self._process.stdout:
            self._process.stdout.close()


class Scene:
    """A server and a proxy on ports of their own, started again when they were killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {"server": free_port(), "proxy": free_port()}
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.url = f"http://127.0.0.1:{self.ports['proxy']}/mcp"
        self.answered: list[str] = []

    def start(self, name: str) -> None:
        if name in self.processes and self.processes[name].poll() is None:
            return
        port = self.ports[name]
        command = [sys.executable, str(HERE / "toy_http_server.py"), str(port)]
        if name == "proxy":
            command = [sys.executable, "-m", "gateway", "record-http", f"http://127.0.0.1:{self.ports['server']}/mcp", "--port", str(port)]
        self.processes[name] = subprocess.Popen(
            command,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        until = time.monotonic() + HANG
        while time.monotonic() < until and self.processes[name].poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"{name} did not start")

    def kill(self, name: str) -> None:
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes[name].wait()

    def ask(self, marker: str) -> dict[str, Any]:
        """Call once, without a session; return the answer. Raises OSError when nobody is there."""
        asked = urllib.request.Request(self.url, json.dumps(tool(1, "echo", marker=marker)).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=HANG) as response:
            body = response.read()
        found: dict[str, Any] = json.loads(body if body[:1] == b"{" else body.rpartition(b"data: ")[2])
        if "result" in found:
            self.answered.append(marker)
        return found

    def recorded(self) -> tuple[set[str], int]:
        """Return (markers of the calls in the record, lines); every line must be whole."""
        markers, lines = set(), 0
        for file in self.folder.glob(".agent-traces/*/events.ndjson"):
            raw = file.read_bytes()
            assert not raw or raw.endswith(b"\n"), file
            for line in raw.splitlines():
                lines += 1
                event = json.loads(line)
                if event["event_type"] == "tool_call":
                    markers.add(event["data"]["arguments"]["marker"])
        return markers, lines


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    try:
        yield made
    finally:
        for process in made.processes.values():
            process.kill()
            process.wait()


def play(scene: Scene, victim: str, rounds: int) -> None:
    luck = random.Random(rounds)
    for number in range(rounds):
        for name in ("server", "proxy"):
            scene.start(name)
        client = Chatter(scene.url, f"r{number}")
        try:
            client.wait()
            time.sleep(luck.random() * 0.4)
            if victim != "client":
                scene.kill(victim)
            if victim == "server":
                answer = scene.ask(f"r{number}-after")
                assert "error" in answer or "result" in answer
            time.sleep(luck.random() * 0.05)
        finally:
            client.kill()
        scene.answered += client.answers
        if victim == "proxy":
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", scene.ports["proxy"])) != 0  # nothing of it is left running
        for name in ("server", "proxy"):
            scene.start(name)
        assert "result" in scene.ask(f"r{number}-again")
    markers, lines = scene.recorded()
    assert len(scene.answered) > rounds * 2 and lines > len(scene.answered)
    assert [one for one in scene.answered if one not in markers] == []
    proxy = scene.processes["proxy"]
    proxy.send_signal(signal.SIGTERM)
    assert proxy.wait(HANG) == 0


VICTIMS = ("client", "proxy", "server")


@pytest.mark.parametrize("victim", VICTIMS)
def test_a_few_rounds(scene: Scene, victim: str) -> None:
    play(scene, victim, 2)


@pytest.mark.long
@pytest.mark.parametrize("victim", VICTIMS)
def test_two_hundred_rounds(scene: Scene, victim: str) -> None:
    play(scene, victim, ROUNDS)
