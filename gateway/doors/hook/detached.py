"""Starting a process that goes on when the hook is over: what takes longer than a client waits."""

from __future__ import annotations

from gateway.lane_os import os


def start(command: list[str]) -> None:
    """Start a process of its own group that holds nothing of the client's, and do not wait for it; not being able to
    only costs time.
    """
    try:
        child = os.fork()
    except OSError:
        return
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()  # a client ends the group of a hook that is over
        if not os.fork():
            _alone()
            os.execv(command[0], command)
    finally:
        os._exit(0)  # noqa: SLF001


def _alone() -> None:
    """Let go of the client's streams, which it reads until nobody holds them."""
    nowhere = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
