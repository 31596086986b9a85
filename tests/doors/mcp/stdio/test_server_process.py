"""The server as a child: started or refused, signalled with all it started, its end passed on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from gateway.doors.mcp.stdio.server_process import Child
from gateway.model.errors import GatewayError


class TestChild:
    def test_a_command_that_is_not_there(self) -> None:
        with pytest.raises(GatewayError, match="cannot start `no-such-server`"):
            Child(["no-such-server"])

    def test_the_end_of_its_input(self) -> None:
        child = Child(["cat"])
        os.write(child.stdin, b"x")
        child.close_stdin()
        assert os.read(child.stdout, 10) == b"x"
        assert child.code() == 0 and child.ended()

    def test_a_signal_reaches_what_it_started(self) -> None:
        child = Child(["sh", "-c", "sleep 60; true"])
        child.signal(signal.SIGTERM)
        assert os.read(child.stdout, 10) == b""  # nobody holds the pipe any more
        assert child.code() == -signal.SIGTERM
        child.signal(signal.SIGTERM)


class TestEndAs:
    @pytest.mark.parametrize("code", [0, 7, -15, -9, -6])
    def test_the_same_end(self, code: int) -> None:
        done = subprocess.run([sys.executable, "-c", f"from gateway.doors.mcp.stdio.server_process import end_as; end_as({code})"], check=False)
        assert done.returncode == code
