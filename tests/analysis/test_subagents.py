from __future__ import annotations

from pathlib import Path

from gateway.analysis.subagents import descendants, family, started_below
from tests import stores
from tests.stores import event, session


class TestFamily:
    def test_who_started_whom(self, tmp_path: Path) -> None:
        session(tmp_path, "p", event("x", 0))
        session(tmp_path, "late", event("x", 9), meta={"parent_session_id": "p", "parent_event_id": "e"})
        session(tmp_path, "early", event("x", 1), meta={"parent_session_id": "p", "parent_event_id": "e"})
        session(tmp_path, "loose", event("x", 2), meta={"parent_session_id": "p"})
        found = family(str(tmp_path))
        assert found.of_event("p", "e") == ["early", "late"] and found.of_event("p", "") == [] and found.of_event("p", "f") == []
        assert found.of_session("p") == ["early", "loose", "late"] and found.of_session("late") == []
        assert descendants(str(tmp_path), "p") == ["p", "early", "loose", "late"]

    def test_a_session_that_the_store_has_no_row_of(self, tmp_path: Path) -> None:
        assert descendants(str(tmp_path), "gone") == ["gone"]


class TestStartedBelow:
    def test_follows_the_meta_data_alone(self, tmp_path: Path) -> None:
        for name, parent in (("top", ""), ("child", "top"), ("grandchild", "child"), ("other", "elsewhere")):
            stores.session(tmp_path, name, b"not an event\n", meta={"parent_session_id": parent} if parent else {})
        assert sorted(started_below(str(tmp_path), "top")) == ["child", "grandchild"]

    def test_a_circle_ends(self, tmp_path: Path) -> None:
        for name, parent in (("a", "b"), ("b", "a")):
            stores.session(tmp_path, name, b"", meta={"parent_session_id": parent})
        assert started_below(str(tmp_path), "a") == ["b"]
