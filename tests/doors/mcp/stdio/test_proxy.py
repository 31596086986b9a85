"""The pump inside one process: a server that is `cat` in front of a conversation. Whole processes: tests/end_to_end/test_record.py."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from gateway.doors.mcp.stdio.proxy import StdioProxy
from gateway.doors.mcp.stdio.server_process import Child
from tests.doors.mcp.talk import Talk


@pytest.fixture
def quiet_signals() -> object:
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGCHLD)
    before = [signal.getsignal(number) for number in numbers]
    yield None
    signal.set_wakeup_fd(-1)
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


class TestPump:
    @pytest.mark.usefixtures("quiet_signals")
    @pytest.mark.filterwarnings("ignore::ResourceWarning")
    def test_what_goes_in_comes_out(self, tmp_path: Path) -> None:
        lines = b"".join(b'{"jsonrpc":"2.0","method":"notifications/x","params":{"n":%d}}\n' % number for number in range(5000))
        source, into = os.pipe()
        outof, sink = os.pipe()
        proxy = StdioProxy(Talk(tmp_path).conversation, Child(["cat"]), stdin=source, stdout=sink)
        got: list[bytes] = []

        def write() -> None:
            with os.fdopen(into, "wb") as file:
                file.write(lines)

        def read() -> None:
            with os.fdopen(outof, "rb") as file:
                got.append(file.read())

        threads = [threading.Thread(target=write), threading.Thread(target=read)]
        for thread in threads:
            thread.start()
        assert proxy.run() == 0
        os.close(sink)
        for thread in threads:
            thread.join()
        assert got == [lines]
