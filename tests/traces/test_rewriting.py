from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from gateway.model.errors import TraceError
from gateway.redaction.clean import Clean, cleaned_again, cleaned_by
from gateway.redaction.redact import Cleaner
from gateway.traces.hash_chain import check_chain
from gateway.traces.resident_writer import ResidentWriter
from gateway.traces.rewriting import rewrite, value_of
from gateway.traces.writer import FileWriter

TOKEN = "ghp_" + "a1B2c3D4e" * 4


def plain(data: dict[str, Any]) -> Clean:
    """Return data as if it had been clean: what a store held before the detectors knew better."""
    clean = cleaned_by(Cleaner(b"k"), {})
    clean.data = data
    return clean


def again(event: dict[str, Any]) -> Clean:
    """Clean one event."""
    return cleaned_again(Cleaner(b"k"), event)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with a session whose second of three events holds a credential."""
    writer = FileWriter(str(tmp_path))
    for number, text in enumerate(("one", f"two {TOKEN}", "three")):
        writer.append("s", plain({"event_type": "note", "event_id": str(number), "session_id": "s", "data": {"text": text}}))
    return tmp_path


def events(store: Path) -> list[dict[str, Any]]:
    """Return what the session holds."""
    return [json.loads(line) for line in (store / "s" / "events.ndjson").read_bytes().splitlines()]


class TestRewrite:
    def test_order_and_chain_are_kept_and_nothing_is_left(self, store: Path) -> None:
        first = events(store)[0]
        assert rewrite(str(store), "s", again) == 1
        told = events(store)
        assert [one["event_id"] for one in told] == ["0", "1", "2"] and told[0] == first
        assert told[1]["redacted"] == {"github-token": 1} and told[1]["scan"]["state"] == "complete"
        assert check_chain(str(store), "s") == (True, "")
        assert all(TOKEN[4:12].encode() not in path.read_bytes() for path in store.rglob("*") if path.is_file())
        assert os.stat(store / "s" / "events.ndjson").st_mode & 0o777 == 0o600

    def test_twice_changes_nothing_more(self, store: Path) -> None:
        rewrite(str(store), "s", again)
        before = (store / "s" / "events.ndjson").read_bytes()
        assert rewrite(str(store), "s", again) == 0 and (store / "s" / "events.ndjson").read_bytes() == before

    def test_a_record_without_hashes_has_them_from_the_first_changed_line_on(self, store: Path) -> None:
        path = store / "s" / "events.ndjson"
        bare = [{key: value for key, value in one.items() if key != "prev_hash"} for one in events(store)]
        path.write_bytes(b"".join(json.dumps(one).encode() + b"\n" for one in bare))
        assert rewrite(str(store), "s", again) == 1
        assert ["prev_hash" in one for one in events(store)] == [False, True, True]
        assert check_chain(str(store), "s") == (True, "")

    def test_lines_that_are_none_become_notes(self, store: Path) -> None:
        with (store / "s" / "events.ndjson").open("ab") as file:
            file.write(b'{"event_type":"note","data":{"text":"' + TOKEN.encode())
        assert rewrite(str(store), "s", again) == 2
        assert TOKEN not in events(store)[3]["data"]["unreadable"] and check_chain(str(store), "s") == (True, "")
        assert value_of(b"[1]")["data"] == {"unreadable": "[1]"}

    def test_notes_and_meta_data_too(self, store: Path) -> None:
        (store / "s" / "meta.json").write_text(json.dumps({"command": f"serve --token {TOKEN}"}) + "\n")
        (store / "s" / "annotations.jsonl").write_text(json.dumps({"note": f"see {TOKEN}"}) + "\n")
        assert rewrite(str(store), "s", again) == 3
        assert TOKEN not in (store / "s" / "meta.json").read_text() + (store / "s" / "annotations.jsonl").read_text()

    @pytest.mark.parametrize("make", [FileWriter, ResidentWriter])
    def test_writers_go_on_in_the_new_file(self, store: Path, make: type[FileWriter]) -> None:
        writer = make(str(store))
        stop = threading.Event()
        count = 0

        def append() -> None:
            nonlocal count
            while not stop.is_set():
                writer.append("s", plain({"event_type": "note", "data": {"text": f"n {TOKEN}"}}))
                count += 1

        thread = threading.Thread(target=append)
        thread.start()
        try:
            for _ in range(5):
                rewrite(str(store), "s", again)
        finally:
            stop.set()
            thread.join()
        rewrite(str(store), "s", again)
        assert len(events(store)) == 3 + count and check_chain(str(store), "s") == (True, "")

    def test_no_such_session(self, tmp_path: Path) -> None:
        with pytest.raises(TraceError, match="cannot be rewritten"):
            rewrite(str(tmp_path), "none", again)
