from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gateway.model.errors import TraceError
from gateway.traces import annotations as under_test
from gateway.traces.annotations import FILE, Annotation, add_annotation, annotated, remove_annotation


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Return a store with an empty session."""
    (tmp_path / "s").mkdir()
    return str(tmp_path)


def note(name: str, text: str = "") -> Annotation:
    """Return an annotation."""
    return Annotation(name, "s", "e1", 1.5, label="l", note=text, bookmark=True, author="alice", created_at=2.0)


class TestAnnotations:
    def test_come_back_as_they_were(self, store: str) -> None:
        add_annotation(store, note("a", "one ⛔\ntwo"))
        add_annotation(store, note("b"))
        assert annotated(store, "s") == [note("a", "one ⛔\ntwo"), note("b")]
        path = Path(store, "s", FILE)
        assert path.stat().st_mode & 0o777 == 0o600 and len(path.read_text().splitlines()) == 2

    def test_one_is_taken_out_and_the_rest_stays_as_it_is(self, store: str) -> None:
        for name in ("aa", "ab", "b"):
            add_annotation(store, note(name))
        path = Path(store, "s", FILE)
        path.write_text(path.read_text() + '{"annotation_id":"c","from_the_future":1}\nnot a note\n')
        kept = path.read_text().splitlines(keepends=True)
        assert remove_annotation(store, "s", "ab") == note("ab") and path.read_text() == "".join([kept[0], *kept[2:]])
        assert remove_annotation(store, "s", "zz") is None
        add_annotation(store, note("ac"))
        with pytest.raises(TraceError, match="fits 2 annotations"):
            remove_annotation(store, "s", "a")
        assert os.listdir(path.parent) == [FILE]

    def test_those_of_the_published_tool_are_read(self) -> None:
        (found,) = annotated(str(Path(__file__).parents[1] / "fixtures" / "published_store"), "201da364-edd6-49")
        assert (found.note, found.label, found.author, found.bookmark) == ("why not uv at once?", "root-cause", "alice", False)

    def test_many_writers_lose_nothing(self, store: str) -> None:
        add_annotation(store, note("first"))

        def work(at: int) -> None:
            add_annotation(store, note(f"n{at:03}"))
            if at % 2:
                remove_annotation(store, "s", f"n{at:03}")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(60)))
        assert sorted(one.annotation_id for one in annotated(store, "s")) == ["first", *(f"n{at:03}" for at in range(0, 60, 2))]

    def test_a_torn_last_line_is_closed_first(self, store: str) -> None:
        path = Path(store, "s", FILE)
        path.write_text('{"annotation_id":"to')
        add_annotation(store, note("a"))
        assert annotated(store, "s") == [note("a")] and path.read_text().startswith('{"annotation_id":"to\n')

    def test_a_full_disk_leaves_what_was_there(self, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
        add_annotation(store, note("a"))
        before = Path(store, "s", FILE).read_bytes()
        write = os.write

        def full(fd: int, data: bytes) -> int:
            if len(data) > 10:
                return write(fd, data[:10])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(under_test.os, "write", lambda fd, data: full(fd, data) if len(data) > 10 else full(fd, b""))
        with pytest.raises(TraceError, match="No space left"):
            add_annotation(store, note("b", "x" * 15))
        monkeypatch.undo()
        assert Path(store, "s", FILE).read_bytes() == before

    def test_links_are_not_followed(self, store: str, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").write_text(json.dumps({"annotation_id": "x"}))
        Path(store, "s", FILE).symlink_to(tmp_path / "elsewhere")
        with pytest.raises(TraceError):
            annotated(store, "s")
        with pytest.raises(TraceError):
            add_annotation(store, note("a"))

    def test_a_lock_that_is_held_is_said(self, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(under_test, "LOCK_SECONDS", 0.05)
        with under_test._locked(f"{store}/s"), pytest.raises(TraceError, match="another process"):
            add_annotation(store, note("a"))

    @pytest.mark.parametrize("line", ["{}", "[]", "7", '{"annotation_id":7}', '{"annotation_id":""}', "{"])
    def test_what_is_none_is_left_aside(self, store: str, line: str) -> None:
        Path(store, "s", FILE).write_text(line + "\n")
        assert annotated(store, "s") == []
