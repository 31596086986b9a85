"""`record` as a process, between a client that is this test and a toy server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.doors.mcp.talk import request, tool

TOY = str(Path(__file__).with_name("toy_server.py"))


class Recorded:
    """A running `record` in a project of its own."""

    def __init__(self, folder: Path, mode: str = "", *, policy: object = None, options: tuple[str, ...] = (), **pipes: Any) -> None:
        self.project = folder / "project"
        (self.project / ".git").mkdir(parents=True, exist_ok=True)  # whatever stands above it
        if policy is not None:
            (self.project / ".agent-scope.json").write_text(json.dumps(policy))
        self.log = folder / "server.log"
        self.command = [sys.executable, "-m", "gateway", "record", *options, "--", sys.executable, TOY, mode, str(self.log)]
        self.process = subprocess.Popen(
            self.command, cwd=self.project, **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "bufsize": 0, **pipes}
        )

    def close(self) -> None:
        """Leave nothing of it behind."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def say(self, message: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(message if isinstance(message, bytes) else json.dumps(message).encode() + b"\n")

    def hear(self) -> Any:
        assert self.process.stdout
        line = b""
        while not line.endswith(b"\n"):
            char = self.process.stdout.read(65536)
            if not char:
                break
            line += char
        return json.loads(line) if line else None

    def end(self, timeout: float = 10) -> tuple[int, str]:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.stdin = None
        _, err = self.process.communicate(timeout=timeout)
        return self.process.returncode, err.decode() if err else ""

    def events(self) -> list[dict[str, Any]]:
        (file,) = (self.project / ".agent-traces").glob("*/events.ndjson")
        return [json.loads(line) for line in file.read_bytes().split(b"\n") if line]

    def heard_by_server(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[Callable[..., Recorded]]:
    """Start one `record` after the other; none outlives the test."""
    made: list[Recorded] = []

    def start(*words: Any, **named: Any) -> Recorded:
        made.append(Recorded(tmp_path, *words, **named))
        return made[-1]

    yield start
    for one in made:
        one.close()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def child_of(pid: int) -> int:
    for _ in range(200):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if found:
            return int(found[0])
        time.sleep(0.02)
    raise AssertionError("no child")


class TestPassing:
    def test_calls_answers_stderr_exit_code_and_record(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded("three")
        run.say(tool(1, "echo", text="\u2028é"))
        assert run.hear()["result"]["content"][0]["text"] == json.dumps({"text": "\u2028é"})
        code, err = run.end()
        assert code == 3 and err.splitlines()[-1] == "toy server, mode three"
        assert [event["event_type"] for event in run.events()] == ["session_start", "tool_call", "tool_result", "session_end"]
        assert run.events()[-1]["data"]["exit_code"] == 3

    def test_a_denied_call_never_reaches_the_server(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded(policy={"files": {"read": {"deny": [".env"]}}})
        run.say(tool(1, "read_file", path=".env"))
        assert run.hear()["result"]["isError"] is True
        run.end()
        assert run.heard_by_server() == []

    def test_observe_refuses_nothing(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded(policy={"files": {"read": {"deny": [".env"]}}}, options=("--observe",))
        run.say(tool(1, "read_file", path=".env"))
        assert "isError" not in run.hear()["result"]
        run.end()

    def test_rubbish_is_dropped(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded("rubbish")
        run.say(request(1, "ping"))
        assert run.hear()["id"] == 1
        run.end()
        assert any(event["data"].get("start") == "Listening on stdio" for event in run.events())

    def test_framing_of_the_peers_is_kept(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded("header")
        body = json.dumps(tool(1, "echo", text="é")).encode()
        run.say(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        assert run.process.stdout and run.process.stdout.read(16) == b"Content-Length: "
        run.end()
        assert run.heard_by_server() == [tool(1, "echo", text="é")]

    def test_large_messages_both_ways(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded()
        for ident in range(3):
            run.say(tool(ident, "echo", text="x" * (3 << 20)))
            assert len(run.hear()["result"]["content"][0]["text"]) > 3 << 20
        assert run.end()[0] == 0

    def test_a_client_that_does_not_read_loses_nothing(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded()
        wire = b"".join(json.dumps(tool(ident, "echo", text="x" * 20_000)).encode() + b"\n" for ident in range(300))
        out, _ = run.process.communicate(wire, timeout=60)
        assert [json.loads(line)["id"] for line in out.splitlines()] == list(range(300))

    def test_standard_output_may_be_a_file(self, tmp_path: Path, recorded: Callable[..., Recorded]) -> None:
        with (tmp_path / "out").open("wb") as out:
            run = recorded(stdout=out)
            run.say(tool(1, "echo", text="x" * 200_000))
            assert run.end()[0] == 0
        assert json.loads((tmp_path / "out").read_text())["id"] == 1

    def test_one_pipe_for_both_outputs(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded(stderr=subprocess.STDOUT)
        run.say(tool(1, "echo", text="x" * 200_000))
        assert run.process.stdin
        run.process.stdin.close()
        run.process.stdin = None
        out, _ = run.process.communicate(timeout=120)
        assert len([line for line in out.splitlines() if not line.startswith(b"agent-strace: warning: ")]) == 2

    def test_an_unreadable_policy_refuses_every_call(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded(policy={"filse": {}})
        run.say(tool(1, "echo"))
        assert "filse" in run.hear()["result"]["content"][0]["text"]
        run.say(request(2, "ping"))
        assert run.hear()["result"] == {}
        run.end()
        assert [one["method"] for one in run.heard_by_server()] == ["ping"]


class TestEnding:
    def test_a_batch_of_slow_calls_is_answered_after_the_end_of_input(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded()
        out, _ = run.process.communicate(json.dumps(tool(1, "echo", sleep=2.5)).encode() + b"\n", timeout=120)
        assert json.loads(out)["id"] == 1 and run.process.returncode == 0

    @pytest.mark.parametrize("mode", ["deaf", "stubborn"])
    def test_a_server_that_does_not_end(self, recorded: Callable[..., Recorded], mode: str) -> None:
        run = recorded(mode)
        run.say(request(1, "ping"))
        run.hear()
        begin = time.monotonic()
        code, _ = run.end()
        assert code == (-signal.SIGTERM if mode == "deaf" else -signal.SIGKILL) and time.monotonic() - begin < 6

    @pytest.mark.parametrize(("mode", "code"), [("exit", 9), ("die", -signal.SIGSEGV)])
    def test_a_server_that_ends_by_itself(self, recorded: Callable[..., Recorded], mode: str, code: int) -> None:
        run = recorded(mode)
        run.say(tool(1, "echo"))
        assert run.hear() is None
        assert run.process.wait(10) == code
        assert any("no answer" in event["data"].get("error", "") for event in run.events())

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
    def test_signals_are_passed_on(self, recorded: Callable[..., Recorded], number: int) -> None:
        run = recorded("deaf")
        run.say(request(1, "ping"))
        run.hear()
        server = child_of(run.process.pid)
        run.process.send_signal(number)
        assert run.process.wait(10) in (-number, 1, 130)
        assert not alive(server)

    def test_no_orphan_when_the_proxy_is_killed(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded("stubborn")
        run.say(request(1, "ping"))
        run.hear()
        server = child_of(run.process.pid)
        run.process.kill()
        run.process.wait()
        for _ in range(100):
            if not alive(server):
                break
            time.sleep(0.05)
        assert not alive(server)

    def test_the_client_goes_away(self, recorded: Callable[..., Recorded]) -> None:
        run = recorded()
        run.say(tool(1, "echo", sleep=30))
        for _ in range(100):
            if run.heard_by_server():
                break
            time.sleep(0.05)
        assert run.process.stdin and run.process.stdout
        run.process.stdout.close()
        run.process.stdin.close()
        begin = time.monotonic()
        run.process.wait(10)
        assert time.monotonic() - begin < 5


class TestUsage:
    def test_a_command_that_is_not_there(self, tmp_path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "gateway", "record", "--", "no-such-server"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env=dict(os.environ),
        )
        assert done.returncode == 4 and "cannot start `no-such-server`" in done.stderr and "Traceback" not in done.stderr
