"""Client, proxy and server killed at random: nothing hangs, nobody is left behind, what was answered is recorded, no line is torn inside."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.doors.mcp.talk import tool
from tests.end_to_end.test_record import TOY, alive

HANG = 50.0
"""Seconds after which somebody is said to hang: longer than a busy machine takes, shorter than the patience with a server that owes answers."""


def servers_of(pid: int) -> list[int]:
    """Return the children of a process."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


class Round:
    """One proxy between this process and a toy server, until somebody is killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gateway", "record", "--", sys.executable, TOY],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.answered: list[int] = []

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            try:
                self.answered.append(json.loads(line)["id"])
            except ValueError:
                return

    def speak(self, until: float) -> None:
        assert self.process.stdin
        number = 0
        try:
            while time.monotonic() < until:
                number += 1
                self.process.stdin.write(json.dumps(tool(number, "echo", text="x" * self.random.choice((10, 1000, 100_000)))).encode() + b"\n")
                self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            return

    def run(self) -> None:
        """Talk for a moment, kill one of the three, see that the rest ends."""
        listener = threading.Thread(target=self.listen)
        listener.start()
        until = time.monotonic() + HANG
        while not self.answered and time.monotonic() < until:
            self.speak(time.monotonic() + 0.02)
        speaker = threading.Thread(target=self.speak, args=(time.monotonic() + 20,))
        speaker.start()
        time.sleep(self.random.random() * 0.3)
        victims = servers_of(self.process.pid)
        who = self.random.choice(("client", "proxy", "server"))
        begin = time.monotonic()
        if who == "server" and victims:
            os.kill(victims[0], signal.SIGKILL)
        elif who == "proxy":
            self.process.kill()
        else:
            os.close(self.process.stdin.fileno()) if self.process.stdin else None
        self.process.wait(HANG + 1)
        assert time.monotonic() - begin < HANG, f"{who} was killed and the proxy hung"
        listener.join(HANG)
        speaker.join(HANG)
        while any(alive(one) for one in victims) and time.monotonic() - begin < HANG:
            time.sleep(0.02)
        assert not any(alive(one) for one in victims), f"{who} was killed and the server stayed"

    def check(self) -> None:
        """See that each answered call is recorded, and that only the last line of the record may be torn."""
        (file,) = (self.folder / ".agent-traces").glob("*/events.ndjson")
        *lines, last = file.read_bytes().split(b"\n")
        events = [json.loads(line) for line in lines]
        assert last == b"" or not last.endswith(b"}")
        recorded = {event["data"].get("request_id") for event in events if event["event_type"] == "tool_call"}
        assert self.answered and set(self.answered) <= recorded

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                continue


def play(folder: Path, rounds: int, seed: int) -> None:
    for number in range(rounds):
        own = folder / str(number)
        own.mkdir()
        one = Round(own, seed + number)
        try:
            one.run()
            one.check()
        finally:
            one.close()


class TestChaos:
    @pytest.mark.filterwarnings("ignore")
    def test_a_few_rounds(self, tmp_path: Path) -> None:
        play(tmp_path, 6, 100)

    @pytest.mark.long
    @pytest.mark.filterwarnings("ignore")
    def test_two_hundred_rounds(self, tmp_path: Path) -> None:
        play(tmp_path, 200, 1000)
