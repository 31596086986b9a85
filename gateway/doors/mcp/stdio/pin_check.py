"""Asking a server for its tools by ourselves, so that a person can look at what changed and approve it."""

from __future__ import annotations

import os
import select
import signal
import time
from typing import TYPE_CHECKING

from gateway.doors.mcp.jsonrpc import messages, responses
from gateway.doors.mcp.jsonrpc.framing import Framer, framed
from gateway.doors.mcp.session.tool_listing import GREETED, HELLO, SECONDS, STATELESS, ToolPages
from gateway.doors.mcp.stdio.server_process import Child
from gateway.model.errors import GatewayError, ProtocolError

if TYPE_CHECKING:
    from typing import Any

    Data = dict[str, Any]


class PinCheck:
    """A client that does nothing but list tools."""

    def __init__(self, command: list[str]) -> None:
        """Start the server. Raises GatewayError when that is not possible."""
        self._child = Child(command)
        self._framer = Framer()
        self._heard: list[Data] = []
        self._number = 0
        self._meta: Data = {}

    def tools(self) -> list[Data]:
        """Return the definitions of all its tools, then end it. Raises GatewayError when it does not tell them."""
        try:
            self._greet()
            pages = ToolPages()
            while pages.params is not None:
                pages.take(self._ask("tools/list", pages.params))
            return pages.tools
        finally:
            self._child.close_stdin()
            self._child.signal(signal.SIGTERM)
            deadline = time.monotonic() + 2
            while not self._child.ended() and time.monotonic() < deadline:
                time.sleep(0.02)
            self._child.signal(signal.SIGKILL)
            self._child.code()

    def _greet(self) -> None:
        """Begin as sessions begin; a server that knows none is asked under the revision without them."""
        try:
            self._ask("initialize", HELLO)
        except GatewayError:
            self._meta = STATELESS
            return
        self._send(GREETED)

    def _ask(self, method: str, params: Data) -> Data:
        self._number += 1
        self._send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": {**params, **self._meta}})
        deadline = time.monotonic() + SECONDS
        while True:
            for message in self._hear(deadline):
                if message.get("id") == self._number and "method" not in message:
                    result = message.get("result")
                    if not isinstance(result, dict):
                        raise GatewayError(f"the server refuses `{method}`: {str(message.get('error'))[:200]}")
                    return result

    def _send(self, message: Data) -> None:
        data = framed(responses.raw(message), self._framer.style)
        while data:
            try:
                data = data[os.write(self._child.stdin, data) :]
            except BlockingIOError:
                select.select([], [self._child.stdin], [], 1)
            except OSError:
                raise GatewayError("the server ended") from None

    def _hear(self, deadline: float) -> list[Data]:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self._child.stdout], [], [], left)[0]:
            raise GatewayError(f"the server does not answer within {SECONDS:g} s")
        data = os.read(self._child.stdout, 1 << 18)
        if not data:
            raise GatewayError("the server ended")
        heard: list[Data] = []
        for frame in self._framer.feed(data):
            try:
                heard += [item.message for item in messages.read(frame.raw, trusted=True).items]
            except ProtocolError:
                continue
        return heard
