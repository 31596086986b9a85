"""Signals to a process that is surely the one that is meant: known by its pid and the moment it was started."""

from __future__ import annotations

import os
import signal
import time

from gateway.host.attribution import ancestors
from gateway.model.errors import GatewayError

GRACE = 5.0
"""Seconds between asking a process to end and ending it."""


class Process:
    """A process of this machine.

    started  clock ticks since boot, field 22 of proc(5)
    """

    def __init__(self, pid: int, started: int, name: str = "") -> None:
        self.pid = pid
        self.started = started
        self.name = name

    @property
    def alive(self) -> bool:
        """Whether it still runs: the pid is taken by the same process, which is not a zombie."""
        return _started(self.pid) == self.started and _state(self.pid) not in ("Z", "X")

    def pause(self) -> None:
        """Stop it where it is. Raises GatewayError when it is gone."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on. Raises GatewayError when it is gone."""
        self._signal(signal.SIGCONT)

    def end(self, grace: float = GRACE) -> str:
        """End it: ask, wait, then without asking; return the signal that did it. Raises GatewayError when it is gone or
        will not end.
        """
        self._signal(signal.SIGTERM)
        self._signal(signal.SIGCONT, missing_ok=True)
        if self._gone(grace):
            return "SIGTERM"
        self._signal(signal.SIGKILL, missing_ok=True)
        if not self._gone(grace):
            raise GatewayError(f"process {self.pid} does not end")
        return "SIGKILL"

    def _gone(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self.alive:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def _signal(self, number: int, *, missing_ok: bool = False) -> None:
        """Send a signal to this very process: the handle is taken first, and then it is looked at whose it is."""
        try:
            handle = os.pidfd_open(self.pid)
        except (OSError, AttributeError):
            handle = -1
        try:
            if not self.alive:
                raise ProcessLookupError
            if handle >= 0:
                signal.pidfd_send_signal(handle, number)
            else:
                os.kill(self.pid, number)
        except ProcessLookupError:
            if not missing_ok:
                raise GatewayError(
                    f"process {self.pid} is gone, or another one by now", "nothing was signalled"
                ) from None
        except PermissionError:
            raise GatewayError(f"process {self.pid} belongs to somebody else") from None
        finally:
            if handle >= 0:
                os.close(handle)


MOST_PIDS = 2**31
"""A process number is less; the kernel is not asked about another."""


def agent_of(attribution: object) -> Process | None:
    """Return the agent's process as a session's attribution tells, None when it does not."""
    ancestry = attribution.get("process_ancestry") if isinstance(attribution, dict) else None
    first = ancestry[0] if isinstance(ancestry, list) and ancestry else None
    if (
        not isinstance(first, dict)
        or not isinstance(first.get("pid"), int)
        or not isinstance(first.get("started"), int)
    ):
        return None
    if not 1 < first["pid"] < MOST_PIDS:
        return None
    return Process(first["pid"], first["started"], str(first.get("name") or ""))


def _started(pid: int) -> int:
    chain = ancestors(pid)
    return int(chain[0]["started"]) if chain else -1


def _state(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""
