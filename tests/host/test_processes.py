"""Real child processes: paused, let go on, ended; and never one that only has the pid."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from gateway.host.attribution import ancestors
from gateway.host.processes import Process, _state, agent_of
from gateway.model.errors import GatewayError


def child(code: str = "import time; print('up', flush=True); time.sleep(60)") -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.fixture
def running() -> Iterator[subprocess.Popen[str]]:
    process = child()
    yield process
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def known(process: subprocess.Popen[str]) -> Process:
    return Process(process.pid, ancestors(process.pid)[0]["started"], "child")


def reaches(pid: int, states: str) -> bool:
    """Wait for a process to come to one of some states."""
    deadline = time.monotonic() + 10
    while _state(pid) not in states and time.monotonic() < deadline:
        time.sleep(0.01)
    return _state(pid) in states


class TestSignals:
    def test_pause_and_resume(self, running: subprocess.Popen[str]) -> None:
        process = known(running)
        process.pause()
        assert reaches(running.pid, "T") and process.alive
        process.resume()
        assert reaches(running.pid, "SR")

    def test_end_by_asking(self, running: subprocess.Popen[str]) -> None:
        process = known(running)
        assert process.end() == "SIGTERM" and not process.alive

    def test_a_paused_one_ends_too(self, running: subprocess.Popen[str]) -> None:
        process = known(running)
        process.pause()
        assert process.end() == "SIGTERM"

    def test_one_that_does_not_listen_ends_without_asking(self) -> None:
        deaf = child("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)")
        assert known(deaf).end(grace=0.3) == "SIGKILL"
        assert deaf.wait() == -9
        assert deaf.stdout is not None
        deaf.stdout.close()

    @pytest.mark.parametrize("act", ["pause", "resume", "end"])
    def test_a_recycled_pid_is_never_signalled(self, running: subprocess.Popen[str], act: str) -> None:
        other = Process(running.pid, ancestors(running.pid)[0]["started"] - 1)
        with pytest.raises(GatewayError, match="another one by now"):
            getattr(other, act)()
        assert running.poll() is None and _state(running.pid) in "SR"

    def test_one_that_is_gone(self) -> None:
        process = child("print('up', flush=True)")
        gone = Process(process.pid, 1)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        with pytest.raises(GatewayError, match="is gone"):
            gone.end()


class TestAgentOf:
    @pytest.mark.parametrize(
        ("attribution", "pid"),
        [
            ({"process_ancestry": [{"pid": 7, "name": "claude", "started": 9}, {"pid": 1, "started": 1}]}, 7),
            ({"process_ancestry": []}, 0),
            ({"process_ancestry": [{"pid": 7}]}, 0),
            ({"process_ancestry": ["bash"]}, 0),
            ({}, 0),
            (None, 0),
        ],
    )
    def test_the_first_of_the_chain(self, attribution: object, pid: int) -> None:
        found = agent_of(attribution)
        assert (found.pid if found else 0) == pid
