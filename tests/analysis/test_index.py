from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gateway.analysis import index as under_test
from gateway.analysis.index import descendants_of, forget, offset_before, session_index, store_index
from gateway.model.errors import TraceError
from tests.stores import call, event, lines_of, pytest_story, session, verdict


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small sessions have what only large ones get."""
    monkeypatch.setattr(under_test, "LARGE_BYTES", 1)
    monkeypatch.setattr(under_test, "STEP", 4)


class TestSessionIndex:
    def test_tells_what_the_events_come_to_and_where_they_are(self, tmp_path: Path, small: None) -> None:
        path = session(tmp_path, "s", *pytest_story(), b"garbage\n")
        found = session_index(str(tmp_path), "s")
        data = path.read_bytes()
        starts = [0, *(at + 1 for at, byte in enumerate(data) if byte == 10)]
        assert found.summary.events == 12 and found.skipped == 1 and found.offsets == [starts[0], starts[4], starts[8]]
        assert offset_before(found, 7) == (5, starts[4]) and offset_before(found, 999) == (9, starts[8])

    def test_is_gone_on_with_and_never_differs_from_a_new_one(self, tmp_path: Path, small: None) -> None:
        story = pytest_story()
        path = session(tmp_path, "s", story[0])
        for one in story[1:]:
            session_index(str(tmp_path), "s")
            with path.open("ab") as file:
                file.write(lines_of(one))
        found = session_index(str(tmp_path), "s")
        forget(str(tmp_path))
        assert found == session_index(str(tmp_path), "s")

    def test_a_torn_last_line_is_read_when_it_is_whole(self, tmp_path: Path, small: None) -> None:
        whole = lines_of(event("b", 2))
        path = session(tmp_path, "s", event("a", 1), whole[:20])
        assert session_index(str(tmp_path), "s").summary.events == 1
        with path.open("ab") as file:
            file.write(whole[20:])
        found = session_index(str(tmp_path), "s")
        assert found.summary.events == 2 and found.skipped == 0

    @pytest.mark.parametrize("change", ["rewritten", "shorter", "replaced"])
    def test_what_is_not_the_same_record_is_read_anew(self, tmp_path: Path, small: None, change: str) -> None:
        path = session(tmp_path, "s", *pytest_story())
        session_index(str(tmp_path), "s")
        if change == "rewritten":
            path.write_bytes(path.read_bytes().replace(b"Glob", b"Grep") + lines_of(event("x", 200)) + b"\n" * 200)
        elif change == "shorter":
            path.write_bytes(lines_of(event("x", 1)))
        else:
            shutil.copy(path, tmp_path / "copy")
            (tmp_path / "copy").write_bytes(lines_of(call(1, "a", "Grep", pattern="x")))
            os.replace(tmp_path / "copy", path)
        found = session_index(str(tmp_path), "s")
        forget(str(tmp_path))
        assert found.summary == session_index(str(tmp_path), "s").summary

    def test_a_session_that_is_gone_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(TraceError, match="not there"):
            session_index(str(tmp_path), "s")


class TestStoreIndex:
    def test_has_a_row_for_each_session(self, tmp_path: Path) -> None:
        meta = {"agent_name": "claude-code", "attribution": {"os_user": "alice", "git_branch": "main"}, "parent_session_id": "p"}
        os.utime(session(tmp_path, "one", *pytest_story(), meta=meta), (2_000, 2_000))
        os.utime(session(tmp_path, "two", call(1, "a", "Read", verdict("deny"), file_path=".env")), (1_000, 1_000))
        one, two = store_index(str(tmp_path))
        assert (one.session, one.agent, one.user, one.branch, one.parent_session) == ("one", "claude-code", "alice", "main", "p")
        assert (one.calls, one.errors, one.files_read, two.verdicts, two.rules) == (4, 1, 1, {"deny": 1}, {"files.read.deny[0]": 1})

    def test_reads_only_what_has_changed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("a", "b", "c"):
            session(tmp_path, name, *pytest_story())
        first = store_index(str(tmp_path))
        read: list[str] = []
        whole = under_test.session_index
        monkeypatch.setattr(under_test, "session_index", lambda store, name, warn=None: read.append(name) or whole(store, name, warn))
        assert store_index(str(tmp_path)) == first and read == []
        with (tmp_path / "b" / "events.ndjson").open("ab") as file:
            file.write(lines_of(event("x", 500)))
        shutil.rmtree(tmp_path / "c")
        assert {row.session: row.events for row in store_index(str(tmp_path))} == {"a": 12, "b": 13} and read == ["b"]

    def test_a_forged_cache_is_not_believed(self, tmp_path: Path) -> None:
        session(tmp_path, "a", call(1, "x", "Read", verdict("deny"), file_path=".env"))
        store_index(str(tmp_path))
        cache = tmp_path / ".index"
        cache.write_bytes(cache.read_bytes().replace(b'"deny":1', b'"deny":0'))
        assert store_index(str(tmp_path))[0].verdicts == {"deny": 1}

    def test_a_store_that_cannot_be_written_to_is_read_all_the_same(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        session(tmp_path, "a", *pytest_story())
        monkeypatch.setattr(under_test, "write_cache", lambda *given: False)
        assert len(store_index(str(tmp_path))) == 1

    def test_tells_how_far_it_is(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            session(tmp_path, name, event("x"))
        told: list[tuple[int, int]] = []
        store_index(str(tmp_path), progress=lambda done, of: told.append((done, of)))
        assert told == [(0, 2), (1, 2)]

    def test_an_interrupted_build_keeps_what_it_has(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            session(tmp_path, name, event("x"))

        def stop(done: int, of: int) -> None:
            if done:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store_index(str(tmp_path), progress=stop)
        told: list[int] = []
        store_index(str(tmp_path), progress=lambda done, of: told.append(done))
        assert told == [1]


class TestDescendants:
    def test_each_once_parents_first(self, tmp_path: Path) -> None:
        for at, (name, parent) in enumerate((("root", ""), ("a", "root"), ("b", "root"), ("aa", "a"), ("loop", "loop"), ("other", ""))):
            session(tmp_path, name, event("x", at), meta={"parent_session_id": parent})
        found = [(row.session, depth) for row, depth in descendants_of(store_index(str(tmp_path)), "root")]
        assert found == [("root", 0), ("a", 1), ("aa", 2), ("b", 1)]
        assert list(descendants_of([], "root")) == []
