"""The stdio proxy: one loop between a client on our stdin and stdout and a server that is our child.

Nothing but messages goes to stdout; the child writes to our stderr itself. The end of stdin is the end of the child's;
it is waited for, then asked with SIGTERM, then killed. A side that reads slowly slows the other one down.
"""

from __future__ import annotations

import os
import select
import signal
import time
from typing import TYPE_CHECKING

from gateway.doors.mcp.jsonrpc.framing import Frame, Framer, framed
from gateway.doors.mcp.session.conversation import Conversation
from gateway.doors.mcp.session.steps import TO_SERVER, Step
from gateway.doors.mcp.stdio.server_process import Child, widen
from gateway.doors.mcp.stdio.write_buffer import WriteBuffer, unblocked

if TYPE_CHECKING:
    from types import FrameType

CHUNK = 1 << 16
"""Bytes that are read at once; beyond 128 KiB the allocator asks the kernel for memory at each read, which costs ten
times the read.
"""
FULL = 4 << 20
"""Bytes waiting for one side at which the other side is not read any more."""
MUCH = 80 << 20
"""Bytes of refusals that a client may leave unread before it is not read any more either."""

QUIET_SECONDS = 2.0
"""How long a server may be silent after the end of its input before it is asked to end, and again before it is killed.
"""
PATIENCE_SECONDS = 60.0
"""The same while a client that has said all it had to say still waits for answers."""

_FORWARDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)


class StdioProxy:
    """Pumps messages between stdin, stdout and a child until one of them is done."""

    def __init__(self, conversation: Conversation, child: Child, *, stdin: int = 0, stdout: int = 1) -> None:
        self.conversation = conversation
        self.child = child
        self._stdin = stdin
        self._client = Framer()
        self._server = Framer()
        self._to_server = WriteBuffer(child.stdin)
        self._to_client = WriteBuffer(stdout, blocking=not unblocked(stdout, (0, 2)))
        self._reading_client = True
        self._reading_server = True
        self._closing = False
        self._deadline = 0.0
        self._stage = 0
        self._child_ended = False
        self._wake, self._awake = os.pipe()
        self._poller = select.poll()
        self._watched: dict[int, int] = {}

    def run(self) -> int:
        """Pump until the child has ended; return its exit code, negative for the signal that ended it."""
        self._listen()
        for pipe in (self._stdin, self._to_client.fd):
            widen(pipe)
        self.conversation.defer()
        while not self._done():
            self._turn()
        for frame in self._server.end():
            self._from_server(frame)
        self._drain()
        code = self.child.code()
        self.child.signal(signal.SIGTERM)
        return code

    def _listen(self) -> None:
        """Let signals wake the loop: ours are the child's too, and its end is one."""
        for end in (self._wake, self._awake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._awake, warn_on_full_buffer=False)
        for number in _FORWARDED:
            signal.signal(number, self._signalled)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        self._child_ended = self.child.ended()
        self._want(self._wake, select.POLLIN)

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        self.child.signal(number)
        if number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            self._stage = max(self._stage, 1)
            self._deadline = time.monotonic() + QUIET_SECONDS

    def _done(self) -> bool:
        """Whether the child has ended and said all it will; what it started may hold its pipe open for ever."""
        return self._child_ended and (not self._reading_server or not _readable(self.child.stdout))

    def _turn(self) -> None:
        """Wait for something to happen and let it happen."""
        room = self._to_server.size < FULL and self._to_client.size < MUCH
        self._want(self._stdin, select.POLLIN if self._reading_client and room else None)
        self._want(self.child.stdout, select.POLLIN if self._reading_server and self._to_client.size < FULL else None)
        self._want(self._to_client.fd, None if self._to_client.gone else select.POLLOUT if self._to_client.size else 0)
        if not self._closing:
            self._want(
                self._to_server.fd, None if self._to_server.gone else select.POLLOUT if self._to_server.size else 0
            )
        events = self._poller.poll(0 if self.conversation.unsettled else self._timeout())
        for fd, event in events:
            self._happened(fd, event)
        if self.conversation.unsettled and (not events or events[0][0] == self._stdin):
            self.conversation.settle()  # nothing to pass on, or the server has something to do now
        if self._deadline:
            self._end_if_due()

    def _want(self, fd: int, mask: int | None) -> None:
        """Watch a descriptor for some events, None for not at all; the kernel is only told of changes."""
        if self._watched.get(fd) == mask:
            return
        if mask is None:
            self._poller.unregister(fd)
            del self._watched[fd]
        else:
            self._poller.register(fd, mask)
            self._watched[fd] = mask

    def _happened(self, fd: int, event: int) -> None:
        if fd == self._stdin:
            self._read_client()
        elif fd == self.child.stdout:
            self._read_server()
        elif fd == self._wake:
            os.read(self._wake, 4096)
            self._child_ended = self.child.ended()
        elif fd == self._to_client.fd:
            self._write(self._to_client, event)
        elif not self._closing:
            self._write(self._to_server, event)

    def _write(self, buffer: WriteBuffer, event: int) -> None:
        if event & (select.POLLERR | select.POLLNVAL | select.POLLHUP):
            buffer.drop()
        else:
            buffer.flush()
        if buffer.gone and buffer is self._to_client:
            self._deadline = time.monotonic() + QUIET_SECONDS if self._deadline else 0.0
            self._client_is_done()
        elif self._closing_wanted():
            self._close_server()

    def _read_client(self) -> None:
        data = _read(self._stdin)
        for frame in self._client.feed(data) if data else self._client.end():
            self._from_client(frame)
        if not data:
            self._client_is_done()

    def _read_server(self) -> None:
        data = _read(self.child.stdout)
        if not data:
            self._reading_server = False
            return
        if self._stage == 0 and self._deadline:
            self._deadline = time.monotonic() + self._patience()
        for frame in self._server.feed(data):
            self._from_server(frame)

    def _from_client(self, frame: Frame) -> None:
        client = (
            self.conversation.unreadable_client(frame.raw, frame.problem)
            if frame.problem
            else self.conversation.from_client(frame.raw)
        )
        self._send(client, self._client.style)

    def _from_server(self, frame: Frame) -> None:
        server = (
            self.conversation.unreadable_server(frame.raw, frame.problem)
            if frame.problem
            else self.conversation.from_server(frame.raw)
        )
        self._send(server, frame.style)

    def _send(self, steps: tuple[Step, ...], style: str) -> None:
        for step in steps:
            if step.side == TO_SERVER:
                self._to_server.put(framed(step.raw, self._client.style))
            else:
                self._to_client.put(framed(step.raw, style))

    def _client_is_done(self) -> None:
        """The client will say nothing more: let the server know, once it has all that was said."""
        self._reading_client = False
        if self._closing_wanted():
            self._close_server()

    def _closing_wanted(self) -> bool:
        return not self._reading_client and not self._closing and (not self._to_server.size or self._to_server.gone)

    def _close_server(self) -> None:
        self._closing = True
        self._want(self._to_server.fd, None)
        self.child.close_stdin()
        if not self._deadline:
            self._deadline = time.monotonic() + self._patience()

    def _patience(self) -> float:
        return PATIENCE_SECONDS if self.conversation.waiting and not self._to_client.gone else QUIET_SECONDS

    def _timeout(self) -> float | None:
        if not self._deadline:
            return None
        return max(0.0, (self._deadline - time.monotonic()) * 1000 + 1)

    def _end_if_due(self) -> None:
        """Take the next step of ending the child when its time is up."""
        if not self._deadline or time.monotonic() < self._deadline or self._child_ended:
            return
        self.child.signal(signal.SIGTERM if self._stage == 0 else signal.SIGKILL)
        self._stage += 1
        self._deadline = time.monotonic() + QUIET_SECONDS

    def _drain(self) -> None:
        """Give the client a last chance to read what it is owed."""
        end = time.monotonic() + QUIET_SECONDS
        while self._to_client.size and not self._to_client.gone and time.monotonic() < end:
            poller = select.poll()
            poller.register(self._to_client.fd, select.POLLOUT)
            for _, event in poller.poll(100):
                self._write(self._to_client, event)


def _read(fd: int) -> bytes:
    """Return what there is to read, b"" at the end."""
    try:
        return os.read(fd, CHUNK)
    except BlockingIOError:
        return b""
    except OSError:
        return b""


def _readable(fd: int) -> list[tuple[int, int]]:
    poller = select.poll()
    poller.register(fd, select.POLLIN)
    return [(item, event) for item, event in poller.poll(0) if event & select.POLLIN]
