"""The snapshot of a count: a cache that is believed only when it is ours, whole, and of these very events."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.traces.session_tail import Tail
from gateway.traces.snapshot import MAX_STATES, Snapshot

KEY = b"k" * 64
BOUNDS = {"recent": 3}
STATE: dict[str, Any] = {"bounds": BOUNDS, "tally": {"calls": 7}}
EVENTS = b"".join(b'{"event":%d}\n' % number for number in range(2000))


class Session:
    """A session's events and its snapshot."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        (folder / "events.ndjson").write_bytes(EVENTS)
        self.fd = os.open(folder / "events.ndjson", os.O_RDONLY)
        self.path = folder / "tally.json"

    def snapshot(self, key: bytes = KEY, size: int = len(EVENTS)) -> Snapshot:
        return Snapshot(Tail(self.fd, size, f"{self.path}"), key)

    def kept(self, key: bytes = KEY, size: int = len(EVENTS)) -> dict[str, Any] | None:
        return self.snapshot(key, size).state(BOUNDS)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    one = Session(tmp_path / "s")
    yield one
    os.close(one.fd)


class TestKeep:
    def test_is_what_comes_back(self, session: Session) -> None:
        assert session.snapshot().keep(STATE, 9000)
        kept = session.kept()
        assert kept is not None and kept["offset"] == 9000 and kept["tally"] == {"calls": 7}
        assert session.path.stat().st_mode & 0o777 == 0o600 and sorted(os.listdir(session.folder)) == ["events.ndjson", "tally.json"]

    def test_states_under_other_limits_stay_beside_it_and_only_so_many(self, session: Session) -> None:
        for number in range(MAX_STATES + 2):
            snapshot = session.snapshot()
            assert snapshot.state({"recent": number}) is None
            snapshot.keep({"bounds": {"recent": number}}, 10 + number)
        found = {number for number in range(MAX_STATES + 2) if session.snapshot().state({"recent": number})}
        assert found == set(range(2, MAX_STATES + 2))

    @pytest.mark.parametrize("what", ["killed", "fifo", "link", "folder"])
    def test_whatever_a_killed_process_left_in_its_way(self, session: Session, what: str, tmp_path: Path) -> None:
        way = session.folder / "tally.json.new"
        victim = tmp_path / "victim"
        victim.write_text("mine")
        if what == "killed":
            way.write_text("half")
        elif what == "fifo":
            os.mkfifo(way)
        elif what == "link":
            way.symlink_to(victim)
        else:
            way.mkdir()
        assert session.snapshot().keep(STATE, 9000) is (what != "folder")
        assert victim.read_text() == "mine"


class TestState:
    def test_none_without_one(self, session: Session) -> None:
        assert session.kept() is None

    def test_not_with_another_key(self, session: Session) -> None:
        session.snapshot().keep(STATE, 9000)
        assert session.kept(key=b"other") is None

    def test_not_another_session_s(self, session: Session, tmp_path: Path) -> None:
        session.snapshot().keep(STATE, 9000)
        other = Session(tmp_path / "other")
        shutil.copy(session.path, other.path)
        assert other.kept() is None
        os.close(other.fd)

    def test_not_when_it_lies_ahead_of_the_events(self, session: Session) -> None:
        session.snapshot().keep(STATE, 9000)
        assert session.kept(size=8000) is None

    def test_not_of_other_events(self, session: Session) -> None:
        session.snapshot().keep(STATE, 9000)
        with (session.folder / "events.ndjson").open("r+b") as file:
            file.seek(8900)
            file.write(b"X")
        assert session.kept() is None

    def test_not_when_any_bit_of_it_is_another(self, session: Session) -> None:
        session.snapshot().keep(STATE, 9000)
        whole = session.path.read_bytes()
        draw = random.Random(5)
        for _ in range(300):
            data = bytearray(whole)
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
            session.path.write_bytes(data)
            assert session.kept() is None
        for cut in range(0, len(whole) - 1, 7):
            session.path.write_bytes(whole[:cut])
            assert session.kept() is None

    @pytest.mark.parametrize("what", ["fifo", "folder", "link", "nothing"])
    def test_not_what_is_no_file(self, session: Session, what: str, tmp_path: Path) -> None:
        session.snapshot().keep(STATE, 9000)
        session.path.rename(tmp_path / "elsewhere")
        if what == "fifo":
            os.mkfifo(session.path)
        elif what == "folder":
            session.path.mkdir()
        elif what == "link":
            session.path.symlink_to(tmp_path / "elsewhere")
        assert session.kept() is None
