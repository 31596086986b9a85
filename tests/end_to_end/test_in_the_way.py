"""What stands where a hook expects a file of its own, or keeps it from one: refused with a reason or worked around, within the deadline."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from gateway.doors.hook.install import hook_command

POLICY = {"commands": {"deny": ["curl"], "ask": ["git push"]}, "limits": {"tool_calls": 50, "cost_usd": 9}}


class Place:
    """A project with a policy and a home of its own, and the hook run in it as an agent runs it."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self.home = folder / "home"
        self.home.mkdir()
        (self.project / ".git").mkdir(parents=True)
        (self.project / ".agent-scope.json").write_text(json.dumps(POLICY))
        self.environment = {"HOME": str(self.home), "PATH": os.environ["PATH"]}

    @property
    def session(self) -> Path:
        return self.project / ".agent-traces" / "s"

    @property
    def state(self) -> Path:
        return self.home / ".local" / "state" / "agent-strace"

    def command(self, event: str = "pre-tool") -> list[str]:
        return [*hook_command(), "hook", event]

    def run(self, command: str = "ls", event: str = "pre-tool", **more: Any) -> subprocess.CompletedProcess[bytes]:
        payload = {"session_id": "s", "tool_use_id": f"t{time.monotonic_ns()}", "cwd": str(self.project), "tool_name": "Bash"}
        payload |= {"tool_input": {"command": command}, "transcript_path": str(self.project / "transcript.jsonl"), **more}
        data = json.dumps(payload).encode()
        return subprocess.run(self.command(event), input=data, capture_output=True, cwd=self.project, env=self.environment, timeout=20, check=False)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    one = Place(tmp_path)
    assert one.run().returncode == 0
    return one


def put(path: Path, kind: str) -> None:
    """Put something that is no regular file in a file's place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as one:
            here = os.getcwd()
            os.chdir(path.parent)  # a path to a socket has at most 108 bytes
            one.bind(path.name)
            os.chdir(here)
    else:
        try:
            os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # the endless zeros of /dev/zero
        except PermissionError:
            pytest.skip("only root makes devices")


def refused(done: subprocess.CompletedProcess[bytes], *words: str) -> None:
    assert done.returncode == 2, done
    reason = json.loads(done.stdout)["hookSpecificOutput"]["permissionDecisionReason"]
    assert all(word in reason for word in words), reason


KINDS = ("fifo", "folder", "socket", "device")


@pytest.mark.parametrize("kind", KINDS)
class TestIrregular:
    def test_events(self, place: Place, kind: str) -> None:
        put(place.session / "events.ndjson", kind)
        refused(place.run(), "events.ndjson", f"a {kind}".replace("fifo", "FIFO"), "not a regular file")
        told = place.run(event="post-tool", hook_event_name="PostToolUse", tool_response="x")
        assert b"not a regular file" in told.stderr

    def test_a_policy(self, place: Place, kind: str) -> None:
        put(place.project / ".agent-scope.json", kind)
        refused(place.run(), ".agent-scope.json", "cannot be read", "not a regular file")

    def test_the_key(self, place: Place, kind: str) -> None:
        put(place.state / "key", kind)
        refused(place.run(), "the key cannot be read", "not a regular file")

    @pytest.mark.parametrize("name", ["meta.json", "tally.json", "tally.json.new", "../.gitignore"])
    def test_what_can_be_done_without(self, place: Place, kind: str, name: str) -> None:
        put(place.session / name, kind)
        assert place.run(event="session-start", hook_event_name="SessionStart").returncode == 0
        assert place.run().returncode == 0
        refused(place.run("curl x"), "curl")

    def test_the_policy_s_cache(self, place: Place, kind: str) -> None:
        for path in (place.state / "policy").iterdir():
            put(path, kind)
        assert place.run().returncode == 0
        refused(place.run("curl x"), "curl")

    def test_the_client_s_transcript(self, place: Place, kind: str) -> None:
        put(place.project / "transcript.jsonl", kind)
        assert place.run().returncode == 0

    def test_what_a_search_would_leave_out(self, place: Place, kind: str) -> None:
        (place.project / ".agent-scope.json").write_text(json.dumps({"files": {"read": {"deny": ["secret.txt"]}}}))
        put(place.project / ".gitignore", kind)
        (place.project / "secret.txt").write_text("x")
        refused(place.run(tool_name="Grep", tool_input={"pattern": "x", "path": "."}), "secret.txt")


class TestKey:
    def test_one_that_is_cut_off_is_refused(self, place: Place) -> None:
        (place.state / "key").write_bytes(b"")
        refused(place.run(), "cut off")


class TestLock:
    def test_a_lock_that_is_not_given_up_is_named_and_not_waited_for_twice(self, place: Place) -> None:
        with (place.session / "events.ndjson").open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            refused(place.run(), "events.ndjson", "kept locked by another process", "lsof")
        assert place.run().returncode == 0


class TestDeadline:
    def test_holds_where_the_parent_had_blocked_the_alarm(self, place: Place) -> None:
        def blocked() -> None:
            signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGALRM,))

        with subprocess.Popen(
            place.command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=place.environment, preexec_fn=blocked
        ) as process:
            try:
                code = process.wait(15)  # its payload never comes
            finally:
                process.kill()
            assert process.stderr is not None and code == 2 and b"no verdict within" in process.stderr.read()

    def test_an_answer_that_nobody_reads_ends_in_a_refusal(self, place: Place) -> None:
        """A question that could not be handed over must not be taken for silence, which allows."""
        read, write = os.pipe()
        os.set_blocking(write, False)
        try:
            while True:
                os.write(write, b"x" * 65536)
        except BlockingIOError:
            os.set_blocking(write, True)
        payload = {"session_id": "s", "cwd": str(place.project), "tool_name": "Bash", "tool_input": {"command": "git push"}}
        with subprocess.Popen(place.command(), stdin=subprocess.PIPE, stdout=write, stderr=subprocess.DEVNULL, env=place.environment) as process:
            assert process.stdin is not None
            process.stdin.write(json.dumps(payload).encode())
            process.stdin.close()
            try:
                assert process.wait(15) == 2
            finally:
                process.kill()
                os.close(read)
                os.close(write)

    def test_an_answer_that_cannot_be_written_ends_in_a_refusal(self, place: Place) -> None:
        payload = {"session_id": "s", "cwd": str(place.project), "tool_name": "Bash", "tool_input": {"command": "git push"}}
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            place.command(), input=json.dumps(payload).encode(), stdout=write, stderr=subprocess.DEVNULL, env=place.environment, check=False
        )
        os.close(write)
        assert done.returncode == 2
