"""The writer at its worst moments: full disks, torn lines, links that others planted, many writers at once."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest

from gateway.model.errors import TraceError
from gateway.redaction.clean import Clean, cleaned_by
from gateway.redaction.redact import Cleaner
from gateway.traces import writer as module
from gateway.traces.hash_chain import check_chain
from gateway.traces.writer import FileWriter


def clean(**data: Any) -> Clean:
    return cleaned_by(Cleaner(b"k"), data).within({"event_type": "note", "event_id": "e"})


def written(store: Path, session: str = "s") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (store / session / "events.ndjson").read_bytes().splitlines()]


def many(store: str, who: int, count: int) -> None:
    for number in range(count):
        FileWriter(store).append("s", clean(who=who, number=number))


class TestAppend:
    def test_each_line_carries_the_digest_of_the_one_before(self, tmp_path: Path) -> None:
        for number in range(3):
            FileWriter(f"{tmp_path}/t").append("s", clean(number=number))
        assert check_chain(f"{tmp_path}/t", "s") == (True, "")
        path = tmp_path / "t" / "s" / "events.ndjson"
        path.write_text(path.read_text().replace('"number":1', '"number":7'))
        assert check_chain(f"{tmp_path}/t", "s")[0] is False

    def test_a_torn_line_is_closed_first(self, tmp_path: Path) -> None:
        FileWriter(f"{tmp_path}/t").append("s", clean(number=1))
        path = tmp_path / "t" / "s" / "events.ndjson"
        path.write_bytes(path.read_bytes() + b'{"torn')
        FileWriter(f"{tmp_path}/t").append("s", clean(number=2))
        lines = path.read_bytes().splitlines()
        assert lines[1] == b'{"torn' and json.loads(lines[2])["data"] == {"number": 2}

    def test_lone_surrogates_and_control_characters_stay_one_line(self, tmp_path: Path) -> None:
        FileWriter(f"{tmp_path}/t").append("s", clean(text="\ud800\n\u2028\x00\x1b"))
        assert written(tmp_path / "t")[0]["data"]["text"] == "\ud800\n\u2028\x00\x1b"

    def test_many_writers_lose_nothing_and_tear_nothing(self, tmp_path: Path) -> None:
        context = multiprocessing.get_context("spawn")
        processes = [context.Process(target=many, args=(f"{tmp_path}/t", who, 50)) for who in range(4)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        events = written(tmp_path / "t")
        assert {(one["data"]["who"], one["data"]["number"]) for one in events} == {(who, number) for who in range(4) for number in range(50)}
        assert check_chain(f"{tmp_path}/t", "s") == (True, "")


class TestTrouble:
    def test_a_disk_that_fills_up_takes_the_half_line_back(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        FileWriter(f"{tmp_path}/t").append("s", clean(number=1))
        before = (tmp_path / "t" / "s" / "events.ndjson").read_bytes()
        real, calls = os.write, []

        def short(fd: int, data: bytes) -> int:
            calls.append(len(data))
            if len(calls) > 1:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(fd, data[: len(data) // 2])

        monkeypatch.setattr(module.os, "write", short)
        with pytest.raises(TraceError, match="No space left"):
            FileWriter(f"{tmp_path}/t").append("s", clean(number=2))
        monkeypatch.undo()
        assert (tmp_path / "t" / "s" / "events.ndjson").read_bytes() == before

    def test_an_event_that_cannot_be_made_leaves_nothing(self, tmp_path: Path) -> None:
        def fails(tail: object) -> Clean:
            raise ValueError("x")

        FileWriter(f"{tmp_path}/t").append("s", clean(number=1))
        with pytest.raises(ValueError, match="x"):
            FileWriter(f"{tmp_path}/t").exchange("s", fails)
        assert len(written(tmp_path / "t")) == 1

    @pytest.mark.parametrize("planted", ["store", "session", "events"])
    def test_a_link_that_others_planted_is_refused(self, tmp_path: Path, planted: str) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        store = tmp_path / "t"
        if planted == "store":
            store.symlink_to(elsewhere)
        elif planted == "session":
            store.mkdir()
            (store / "s").symlink_to(elsewhere)
        else:
            (store / "s").mkdir(parents=True)
            (store / "s" / "events.ndjson").symlink_to(elsewhere / "stolen")
        with pytest.raises(TraceError):
            FileWriter(str(store)).append("s", clean(number=1))
        assert list(elsewhere.iterdir()) == []

    @pytest.mark.parametrize("store", ["/dev/null/x", "/proc/nowhere"])
    def test_a_place_where_nothing_can_be_written(self, store: str) -> None:
        with pytest.raises(TraceError):
            FileWriter(store).append("s", clean(number=1))


class TestStart:
    def test_the_first_telling_stays(self, tmp_path: Path) -> None:
        for number in (1, 2):
            FileWriter(f"{tmp_path}/t").start("s", cleaned_by(Cleaner(b"k"), {"number": number}))
        assert json.loads((tmp_path / "t" / "s" / "meta.json").read_text()) == {"number": 1}
        assert [entry.name for entry in (tmp_path / "t" / "s").iterdir()] == ["meta.json"]

    def test_the_store_is_left_out_of_version_control(self, tmp_path: Path) -> None:
        FileWriter(f"{tmp_path}/t").start("s", cleaned_by(Cleaner(b"k"), {}))
        assert (tmp_path / "t" / ".gitignore").read_text() == "*\n"


class TestFiles:
    def test_are_private_and_nothing_is_left_open(self, tmp_path: Path) -> None:
        before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
        writer = FileWriter(f"{tmp_path}/deep/er/t")
        writer.start("s", cleaned_by(Cleaner(b"k"), {"a": 1}))
        writer.append("s", clean(number=1))
        store = tmp_path / "deep/er/t"
        modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in (*tmp_path.rglob("*"), store / ".gitignore")}
        assert modes == {
            "deep": modes["deep"],  # what lies above is nobody's store
            **dict.fromkeys(("deep/er", "deep/er/t", "deep/er/t/s"), 0o700),
            **dict.fromkeys(("deep/er/t/.gitignore", "deep/er/t/s/events.ndjson", "deep/er/t/s/meta.json"), 0o600),
        }
        for _ in range(3):
            writer.append("s", clean(number=2))
            writer.start("s", cleaned_by(Cleaner(b"k"), {"a": 2}))
        assert not before or len(os.listdir("/proc/self/fd")) == before

    def test_a_store_that_is_there_keeps_what_is_in_it(self, tmp_path: Path) -> None:
        (tmp_path / "t").mkdir()
        (tmp_path / "t/.gitignore").write_text("mine\n")
        FileWriter(f"{tmp_path}/t/").append("s", clean(number=1))
        assert (tmp_path / "t/.gitignore").read_text() == "mine\n"

    @pytest.mark.parametrize("name", ["t", "t/s"])
    def test_a_file_in_a_folders_place_is_named(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
        with pytest.raises(TraceError, match=f"`{tmp_path}/{name}` is not a folder of its own"):
            FileWriter(f"{tmp_path}/t").append("s", clean(number=1))

    def test_a_store_that_became_a_link_is_refused_although_its_session_is_there(self, tmp_path: Path) -> None:
        FileWriter(f"{tmp_path}/t").append("s", clean(number=1))
        (tmp_path / "t").rename(tmp_path / "moved")
        (tmp_path / "t").symlink_to("moved")
        with pytest.raises(TraceError, match="not a folder of its own"):
            FileWriter(f"{tmp_path}/t").append("s", clean(number=2))
        assert len(written(tmp_path / "moved")) == 1


class TestJoined:
    @pytest.mark.parametrize(("torn", "more"), [(b"", 0), (b'{"torn', 1)])
    def test_the_next_line_starts_behind_a_whole_one(self, tmp_path: Path, torn: bytes, more: int) -> None:
        writer = FileWriter(f"{tmp_path}/t")
        writer.append("s", clean(number=1))
        path = tmp_path / "t/s/events.ndjson"
        path.write_bytes(path.read_bytes() + torn)
        size = path.stat().st_size
        with path.open("r+b", buffering=0) as file:
            os.lseek(file.fileno(), 0, os.SEEK_END)
            at, digest = writer.joined(file.fileno(), size)
        assert (at, path.stat().st_size, len(digest)) == (size + more, size + more, 64)
        assert path.read_bytes().endswith(b"\n")


class TestRewritten:
    def test_a_file_that_was_put_aside_while_waiting_is_not_written_to(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        writer, real, left = FileWriter(f"{tmp_path}/t"), module.lock, [1]
        writer.append("s", clean(number=1))
        path = tmp_path / "t/s/events.ndjson"

        def waited(fd: int, name: str) -> None:
            real(fd, name)
            if left.pop() if left else 0:
                text = path.read_bytes()
                path.unlink()
                path.write_bytes(text)

        monkeypatch.setattr(module, "lock", waited)
        writer.append("s", clean(number=2))
        assert [one["data"]["number"] for one in written(tmp_path / "t")] == [1, 2]

    @pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), TraceError("held")])
    def test_a_lock_that_fails_leaves_nothing_open(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
        def broken(*_: object) -> None:
            raise error

        closed: list[int] = []
        monkeypatch.setattr(module, "lock", broken)
        monkeypatch.setattr(module.os, "close", lambda fd, real=os.close: closed.append(fd) or real(fd))
        with pytest.raises(TraceError, match=r"Input/output error|held"):
            FileWriter(f"{tmp_path}/t").append("s", clean(number=1))
        assert closed

    def test_what_a_session_holds_is_told_to_whoever_makes_the_event(self, tmp_path: Path) -> None:
        writer, told = FileWriter(f"{tmp_path}/t"), []

        def make(tail: Any) -> Clean:
            told.append((tail.size, tail.path, [line for line, _ in tail.lines(0)]))
            tail.then = told.append
            return clean(number=len(told))

        for _ in range(2):
            writer.exchange("s", make)
        path = tmp_path / "t/s/events.ndjson"
        first = path.read_bytes().splitlines(keepends=True)[0]
        tally = f"{tmp_path}/t/s/tally.json"
        assert told == [(0, tally, []), len(first), (len(first), tally, [first[:-1]]), path.stat().st_size]
        assert "prev_hash" not in json.loads(first)


class TestStartTrouble:
    def test_somebody_who_was_faster(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        writer = FileWriter(f"{tmp_path}/t")
        writer.start("s", cleaned_by(Cleaner(b"k"), {"number": 1}))
        monkeypatch.setattr(module.os.path, "lexists", lambda _: False)
        writer.start("s", cleaned_by(Cleaner(b"k"), {"number": 2}))
        assert json.loads((tmp_path / "t/s/meta.json").read_text()) == {"number": 1}
        assert [entry.name for entry in (tmp_path / "t/s").iterdir()] == ["meta.json"]

    def test_a_full_disk_is_told_and_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        FileWriter(f"{tmp_path}/t").append("s", clean(number=1))
        monkeypatch.setattr(module.os, "write", full)
        with pytest.raises(TraceError, match="No space left") as told:
            FileWriter(f"{tmp_path}/t").start("s", cleaned_by(Cleaner(b"k"), {}))
        assert f"{tmp_path}/t" in told.value.hint
        assert [entry.name for entry in (tmp_path / "t/s").iterdir()] == ["events.ndjson"]
