"""Connections that say nothing are bounded, whatever they are, and a call passes meanwhile."""

from __future__ import annotations

import asyncio
import resource
import socket
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from gateway.doors.mcp.http import listener
from gateway.doors.mcp.http.listener import MAX_CONNECTIONS, room
from tests.doors.mcp.talk import tool
from tests.doors.mcp.web import Stage, staged

DEADLINE = 60.0
OPEN: list[socket.socket] = []
CALL = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"


class Crowd:
    """Connections of many clients, each of which says the same at the start and nothing after that."""

    def __init__(self, stage: Stage, count: int, said: bytes = b"") -> None:
        host, port = stage.base.removeprefix("http://").split(":")
        self.sockets = [socket.create_connection((host, int(port)), DEADLINE) for _ in range(count)]
        OPEN.extend(self.sockets)
        for one in self.sockets:
            one.setblocking(False)
            one.send(said)

    def closed(self) -> list[bool]:
        """Return which of them the other side has closed."""
        return [_is_closed(one) for one in self.sockets]

    async def wait(self, least: int) -> int:
        """Wait until so many of them are closed; return how many are."""
        until = time.monotonic() + DEADLINE
        while sum(self.closed()) < least and time.monotonic() < until:
            await asyncio.sleep(0.02)
        return sum(self.closed())


def _is_closed(one: socket.socket) -> bool:
    try:
        while one.recv(65536):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def play(folder: Path, part: Callable[[Stage], Awaitable[None]]) -> None:
    async def run() -> None:
        async with staged(folder) as stage:
            try:
                await part(stage)
            finally:
                while OPEN:
                    OPEN.pop().close()

    asyncio.run(run())


class TestListener:
    @pytest.mark.parametrize("said", [b"", b"POST /mcp HTTP/1.1\r\nHost: loc"])
    def test_of_many_that_never_asked_the_oldest_go(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
        monkeypatch.setattr(listener, "MAX_SILENT", 8)
        monkeypatch.setattr(listener, "SETTLING", 0.2)

        async def part(stage: Stage) -> None:
            crowd = Crowd(stage, 60, said)
            assert (await stage.post(tool(1, "x")))[0] == 200
            assert await crowd.wait(52) == 52 and not any(crowd.closed()[-8:])
            assert (await stage.post(tool(2, "x")))[0] == 200

        play(tmp_path, part)

    def test_many_that_come_at_once_and_ask_are_all_answered(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listener, "MAX_SILENT", 4)

        async def part(stage: Stage) -> None:
            answers = await asyncio.gather(*(stage.post(tool(number, "x")) for number in range(60)))
            assert {status for status, _ in answers} == {200}

        play(tmp_path, part)

    def test_where_there_can_be_no_more_the_longest_idle_makes_room(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listener, "room", lambda: 12)

        async def part(stage: Stage) -> None:
            for said in (CALL, b""):
                crowd = Crowd(stage, 40, said)
                assert (await stage.post(tool(1, "x")))[0] == 200
                assert await crowd.wait(28) >= 28

        play(tmp_path, part)

    def test_who_never_asks_is_closed_in_time(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(listener, "SILENT", 0.2)

        async def part(stage: Stage) -> None:
            assert await Crowd(stage, 2).wait(2) == 2
            assert (await stage.post(tool(1, "x")))[0] == 200

        play(tmp_path, part)


class TestRoom:
    def test_within_what_the_system_allows(self) -> None:
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        found = room()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert 16 <= found <= MAX_CONNECTIONS and hard == before[1] and (2 * found < soft or found == 16)
