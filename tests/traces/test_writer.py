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
