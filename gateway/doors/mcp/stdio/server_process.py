"""The server as a child process: started so that it never outlives us, told of our signals, ended step by step."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable

from gateway.model.errors import GatewayError

PIPE_BYTES = 1 << 18
"""Capacity that is asked for pipes; many sessions of one user share 64 MiB of it (pipe(7), pipe-user-pages-soft)."""

_PR_SET_PDEATHSIG = 1  # prctl(2)
_F_SETPIPE_SZ = 1031  # fcntl(2)


class Child:
    """A running server: its pipes, its signals, its end. It leads a process group of its own, so that what it started
    ends with it.
    """

    def __init__(self, command: list[str]) -> None:
        """Start it. Raises GatewayError when that is not possible."""
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                process_group=0,
                # # single-threaded here, and the callback calls into libc alone
                preexec_fn=_bound_to_us(),  # noqa: PLW1509
            )
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or str(error)
            raise GatewayError(f"cannot start `{command[0]}`: {said}", "check the command behind `--`") from None
        if self._process.stdin is None or self._process.stdout is None:
            raise GatewayError("the server has no pipes")
        self.stdin = self._process.stdin.fileno()
        self.stdout = self._process.stdout.fileno()
        self.pid = self._process.pid
        os.set_blocking(self.stdin, False)
        for pipe in (self.stdin, self.stdout):
            widen(pipe)

    def close_stdin(self) -> None:
        """Tell it that nothing more will come: for MCP, the request to end."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def ended(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def signal(self, number: int) -> None:
        """Send a signal to it and to what it started."""
        try:
            os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def code(self) -> int:
        """Return its exit code once it has ended, negative for the signal that ended it; its pipes are closed."""
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return code


def _bound_to_us() -> Callable[[], None] | None:
    """Return what makes a new child die with us, where the system can: a killed proxy leaves no server behind."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return bind


def widen(pipe: int) -> None:
    """Ask for a capacity that takes a large message in few turns; what is no pipe, or may not grow, stays as it is."""
    try:
        fcntl.fcntl(pipe, _F_SETPIPE_SZ, PIPE_BYTES)
    except OSError:
        return


def end_as(code: int) -> None:
    """End this process as the child ended: with its exit code, or by the signal that ended it."""
    if code >= 0:
        os._exit(code)
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if -code not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
    os._exit(128 - code)
