from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.errors import TraceError
from gateway.traces import event_lookup as under_test
from gateway.traces.event_lookup import Backlog
from tests.stores import event, pytest_story, session


class TestBacklog:
    def test_finds_events_by_number_and_by_id(self, tmp_path: Path) -> None:
        session(tmp_path, "s", event("a", id="one"), b"garbage\n", event("b", id="two"), event("c", id="three"))
        with Backlog(str(tmp_path), "s", number=2) as found:
            assert (found.wanted, found.count, found.event(1).type, found.event(2).type) == (2, 2, "a", "b")
        with Backlog(str(tmp_path), "s", id="th") as found:
            assert (found.wanted, found.event(3).id) == (3, "three")

    @pytest.mark.parametrize("wanted", [{"number": 9}, {"id": "none"}, {}])
    def test_what_is_not_there_is_not_found(self, tmp_path: Path, wanted: dict[str, str]) -> None:
        session(tmp_path, "s", event("a"), b'{"event_type":"torn')
        told: list[str] = []
        with Backlog(str(tmp_path), "s", warn=told.append, **wanted) as found:
            assert (found.wanted, found.count) == (0, 1)
        assert told == ["s: line 2 is torn and was skipped"]

    def test_knows_where_prompts_and_errors_are(self, tmp_path: Path) -> None:
        session(tmp_path, "s", *pytest_story(), event("user_prompt", 200), event("error", 201))
        with Backlog(str(tmp_path), "s") as found:
            assert [found.prompt_before(number) for number in (1, 2, 3, 13, 14)] == [0, 0, 2, 2, 13]
            assert list(found.errors_before(15)) == [14, 6] and list(found.errors_before(14, after=6)) == [] and list(found.errors_before(7)) == [6]

    @given(st.lists(st.sampled_from(["needle", "hay", "needle needle", "n" * 60]), min_size=1, max_size=40), st.integers(20, 400))
    def test_holding_is_what_a_plain_search_finds(self, tmp_path_factory: pytest.TempPathFactory, texts: list[str], window: int) -> None:
        store = tmp_path_factory.mktemp("store")
        session(store, "s", *(event("x", at, id=f"i{at}", text=text) for at, text in enumerate(texts)))
        whole, under_test._WINDOW = under_test._WINDOW, window
        try:
            with Backlog(str(store), "s") as found:
                expected = [number for number, text in enumerate(texts[:-1], 1) if "needle" in text][::-1]
                assert list(found.holding(b"needle", len(texts), 10**9)) == expected
        finally:
            under_test._WINDOW = whole

    def test_goes_on_after_the_store_was_deleted(self, tmp_path: Path) -> None:
        path = session(tmp_path, "s", event("a"), event("b"))
        with Backlog(str(tmp_path), "s") as found:
            path.unlink()
            assert found.event(1).type == "a"

    def test_a_record_that_was_cut_meanwhile_is_said(self, tmp_path: Path) -> None:
        path = session(tmp_path, "s", event("a"), event("b"))
        with Backlog(str(tmp_path), "s") as found:
            path.write_bytes(b"")
            with pytest.raises(TraceError, match="changed while it was read"):
                found.event(2)

    def test_a_session_that_is_gone_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(TraceError, match="cannot be read"):
            Backlog(str(tmp_path), "s")


class TestBeforeTheFirstEvent:
    @pytest.mark.parametrize("first", [b"x\n", b"\n\n", b'{"a": "needle"}\n', b"y" * (3 << 20) + b"\n"])
    def test_going_back_ends_at_it(self, first: bytes, tmp_path: Path) -> None:
        path = session(tmp_path, "s", event("user_prompt", 1, id="p", prompt="needle"), event("note", 2, id="n"))
        path.write_bytes(first + path.read_bytes())
        with Backlog(str(tmp_path), "s") as backlog:
            assert list(backlog.holding(b"needle", 2, 1 << 40)) == [1]
            assert list(backlog.holding(b"nothing", 2, 1 << 40)) == [] == list(backlog.holding(b"needle", 1, 1 << 40))
