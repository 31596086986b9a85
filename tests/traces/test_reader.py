from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.model.errors import NothingError, TraceError
from gateway.traces.reader import events, lean_events, lines, meta, numbered, resolve, sessions, stamp_of, stamped
from tests.stores import event, session


def dated(path: Path, seconds: int) -> None:
    """Give an events file a time of its own."""
    os.utime(path, (seconds, seconds))


class TestSessions:
    def test_the_one_written_last_comes_first(self, tmp_path: Path) -> None:
        dated(session(tmp_path, "a", event("x")), 2_000)
        dated(session(tmp_path, "b", event("x")), 1_000)
        (tmp_path / ".gitignore").write_text("*")
        (tmp_path / "empty").mkdir()
        assert sessions(str(tmp_path)) == ["a", "b"]
        assert [stamp.size for _, stamp in stamped(str(tmp_path))] == [os.stat(tmp_path / name / "events.ndjson").st_size for name in "ab"]

    def test_no_store_has_no_sessions(self, tmp_path: Path) -> None:
        assert sessions(str(tmp_path / "none")) == []

    def test_a_store_that_is_a_file_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_text("")
        with pytest.raises(TraceError, match="cannot be read"):
            sessions(str(tmp_path / "f"))

    def test_a_stamp_differs_when_anything_was_written(self, tmp_path: Path) -> None:
        path = session(tmp_path, "a", event("x"))
        before = stamp_of(str(path))
        path.write_bytes(path.read_bytes())
        os.utime(path, ns=(before.modified_ns, before.modified_ns)) if before else None
        assert stamp_of(str(path)) != before
        assert stamp_of(str(tmp_path / "none")) is None


class TestResolve:
    @pytest.fixture
    def store(self, tmp_path: Path) -> str:
        for at, name in enumerate(("abc123", "abd456", "xyz", "id-" + "0" * 32)):
            dated(session(tmp_path, name, event("x")), 1_000 + at if name != "xyz" else 5_000)
        return str(tmp_path)

    @pytest.mark.parametrize(("wanted", "found"), [("", "xyz"), ("latest", "xyz"), ("abc", "abc123"), ("abd456", "abd456"), ("x", "xyz")])
    def test_finds(self, store: str, wanted: str, found: str) -> None:
        assert resolve(store, wanted) == found

    @pytest.mark.parametrize(
        ("wanted", "said"), [("ab", "fits 2 sessions"), ("nope", "no session `nope`"), ("../abc123", "no session"), ("/", "no session")]
    )
    def test_says_what_it_cannot_find(self, store: str, wanted: str, said: str) -> None:
        with pytest.raises(NothingError, match=said):
            resolve(store, wanted)

    def test_an_empty_store_is_nothing_to_work_on(self, tmp_path: Path) -> None:
        with pytest.raises(NothingError, match="no session in"):
            resolve(str(tmp_path), "")


class TestEvents:
    def test_skips_and_tells_of_lines_that_are_none(self, tmp_path: Path) -> None:
        session(tmp_path, "s", event("a"), b"\n", b"garbage\n", event("b"), b'{"event_type":"torn')
        for read in (events, lean_events):
            told: list[str] = []
            assert [one.type for one in read(str(tmp_path), "s", told.append)] == ["a", "b"]
            assert told == ["s: line 3 is not an event and was skipped", "s: line 5 is torn and was skipped"]

    def test_numbers_count_events(self, tmp_path: Path) -> None:
        session(tmp_path, "s", event("a"), b"garbage\n", event("b"))
        assert [(number, one.type) for number, one in numbered(str(tmp_path), "s")] == [(1, "a"), (2, "b")]

    def test_a_session_that_is_gone_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(TraceError, match="session `s` cannot be read"):
            list(events(str(tmp_path), "s"))

    def test_goes_on_when_the_store_is_deleted_meanwhile(self, tmp_path: Path) -> None:
        path = session(tmp_path, "s", *(event("a", n) for n in range(1_000)))
        reading = events(str(tmp_path), "s")
        next(reading)
        path.unlink()
        path.parent.rmdir()
        assert sum(1 for _ in reading) == 999

    def test_lines_tell_where_they_begin(self, tmp_path: Path) -> None:
        path = session(tmp_path, "s", b"ab\n", b"c\n", b"d")
        assert list(lines(str(tmp_path), "s")) == [(0, b"ab\n"), (3, b"c\n"), (5, b"d")]
        assert list(lines(str(tmp_path), "s", 3)) == [(3, b"c\n"), (5, b"d")]
        assert path.stat().st_size == 6


class TestMeta:
    @pytest.mark.parametrize(("text", "found"), [('{"a": 1}', {"a": 1}), ("[]", {}), ("{", {}), ("", {})])
    def test_what_was_noted(self, tmp_path: Path, text: str, found: object) -> None:
        (tmp_path / "s").mkdir()
        (tmp_path / "s" / "meta.json").write_text(text)
        assert meta(str(tmp_path), "s") == found

    def test_nothing_was_noted(self, tmp_path: Path) -> None:
        assert meta(str(tmp_path), "s") == {}
