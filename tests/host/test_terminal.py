"""On a terminal of our own (a pseudo terminal), as a person and as an agent."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.host.terminal import AGENTS, MARKS

ASK = "from gateway.host.terminal import answer, refusal; print(refusal([]) or answer('well? '), flush=True)"


def on_terminal(code: str, typed: str = "", *, shell: str = "", **variables: str) -> str:
    """Run Python in a session of its own with a pseudo terminal, type, and return what it printed."""
    command = [sys.executable, "-c", code]
    pid, fd = pty.fork()
    if pid == 0:
        environment = {key: value for key, value in os.environ.items() if key not in MARKS} | variables
        os.execve(shell or command[0], [shell, "-c", " ".join(f"'{word}'" for word in command) + "; true"] if shell else command, environment)
    os.write(fd, typed.encode())
    shown = b""
    while True:
        try:
            data = os.read(fd, 4096)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.waitpid(pid, 0)
    return shown.decode()


class TestRefusal:
    def test_a_person_at_a_terminal_may_answer(self) -> None:
        above = subprocess.run(["ps", "-o", "comm=", "-p", str(os.getppid())], capture_output=True, text=True, check=False).stdout.strip()
        if above in AGENTS:
            pytest.skip("these tests run inside an agent")
        shown = on_terminal(ASK, "yes\n")
        assert "well? " in shown and shown.strip().endswith("yes")

    @pytest.mark.parametrize("mark", MARKS)
    def test_what_an_agent_runs_may_not(self, mark: str) -> None:
        assert "inside an agent" in on_terminal(ASK, "yes\n", **{mark: "1"})

    def test_what_a_process_named_like_an_agent_started_may_not(self, tmp_path: Path) -> None:
        agent = tmp_path / "claude"
        agent.symlink_to("/bin/sh")
        assert "is an agent" in on_terminal(ASK.replace("'", '"'), "yes\n", shell=str(agent))

    def test_the_session_that_asks_may_not(self) -> None:
        code = "import os; from gateway.host.attribution import ancestors; from gateway.host.terminal import refusal; print(refusal(ancestors(os.getpid())))"
        assert "the session that asks" in on_terminal(code) or "is an agent" in on_terminal(code)

    def test_without_a_terminal_nobody_may(self) -> None:
        environment = {key: value for key, value in os.environ.items() if key not in MARKS}
        done = subprocess.run(
            [sys.executable, "-c", ASK], capture_output=True, text=True, env=environment, start_new_session=True, stdin=subprocess.DEVNULL
        )
        assert "no terminal" in done.stdout or "is an agent" in done.stdout
