"""Whose conversation a message belongs to."""

from __future__ import annotations

from pathlib import Path

from gateway.doors.mcp.http import sessions as http_sessions
from gateway.doors.mcp.http.sessions import IDLE, Sessions, Waiting
from tests.doors.mcp.talk import Talk, tool


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def sessions(folder: Path, clock: Time | None = None) -> Sessions:
    return Sessions(lambda: Talk(folder).conversation, clock or Time())


class TestSessions:
    def test_an_id_leads_to_one_session(self, tmp_path: Path) -> None:
        table = sessions(tmp_path)
        one = table.new()
        table.name(one, "a")
        assert table.named("a") is one and table.named("b") is not one

    def test_an_id_from_before_the_proxy_gets_a_session(self, tmp_path: Path) -> None:
        table = sessions(tmp_path)
        assert table.named("old") is table.named("old") and table.named("old").name == "old"

    def test_an_address_keeps_its_first_owner(self, tmp_path: Path) -> None:
        table = sessions(tmp_path)
        first, second = table.new(), table.new()
        table.place(first, "/message?sessionId=1")
        table.place(second, "/message?sessionId=1")
        assert table.placed("/message?sessionId=1") is first and second.place == ""
        assert table.placed("/message?sessionId=2") is None
        table.end(second)
        assert table.placed("/message?sessionId=1") is first

    def test_clients_without_ids_are_told_apart(self, tmp_path: Path) -> None:
        table = sessions(tmp_path)
        one = table.of_client("a", {("number", 1)})
        assert table.of_client("a", {("number", 2)}) is one
        assert table.of_client("b", set()) is not one

    def test_two_requests_of_one_id_under_way_are_two_clients(self, tmp_path: Path) -> None:
        table = sessions(tmp_path)
        one = table.of_client("a", {("number", 1)})
        one.inflight.add(("number", 1))
        other = table.of_client("a", {("number", 1)})
        assert other is not one
        assert table.of_client("a", {("string", "1")}) is one

    def test_the_idle_are_closed_and_the_used_are_not(self, tmp_path: Path) -> None:
        clock = Time()
        table = sessions(tmp_path, clock)
        table.named("idle").conversation.from_client(b'{"jsonrpc":"2.0","id":1,"method":"ping"}')
        table.named("used").users = 1
        clock.now = IDLE + 1
        table.named("fresh")
        assert table.end_idle() == 1
        assert table.count() == 2 and "idle" not in table._named

    def test_there_are_never_too_many(self, tmp_path: Path, monkeypatch: object) -> None:
        clock = Time()
        table = sessions(tmp_path, clock)
        http_sessions.MAX_SESSIONS, before = 20, http_sessions.MAX_SESSIONS
        try:
            for number in range(50):
                clock.now = number
                table.named(str(number))
            assert table.count() <= 20 and "49" in table._named
        finally:
            http_sessions.MAX_SESSIONS = before

    def test_the_end_is_recorded_once_for_each(self, tmp_path: Path) -> None:
        talks: list[Talk] = []

        def start() -> object:
            talks.append(Talk(tmp_path))
            return talks[-1].conversation

        table = Sessions(start)  # type: ignore[arg-type]
        session = table.named("a")
        table.adopt(session, "client")
        table.end_all()
        assert table.count() == 0
        assert [one["event_type"] for one in talks[0].events()] == ["session_end"]


class TestSession:
    def test_knows_who_waits(self, tmp_path: Path) -> None:
        session = sessions(tmp_path).new()
        waiting = Waiting({("number", 1)})
        session.waiting.append(waiting)
        assert session.waits_for(("number", 1)) is waiting
        assert session.waits_for(("string", "1")) is None
        assert tool(1, "x")["id"] == 1
