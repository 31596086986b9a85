from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.traces.ids import event_id, folder_name


class TestFolderName:
    @pytest.mark.parametrize("session", ["201da364-edd6-4922", "a84664242afa4516", "S_1.x", "a" * 128])
    def test_a_plain_id_is_its_own_name(self, session: str) -> None:
        assert folder_name(session) == session

    @pytest.mark.parametrize(
        "session", ["", ".", "..", "../x", "a/b", "/etc", "-rf", ".hidden", "a..b", "nul\0", "é", "a" * 129, "a b", "a\nb", "\ud800"]
    )
    def test_any_other_becomes_a_digest(self, session: str) -> None:
        assert folder_name(session).startswith("id-") and len(folder_name(session)) == 35

    @given(st.text(max_size=200))
    def test_is_one_harmless_path_component(self, session: str) -> None:
        name = folder_name(session)
        assert name not in (".", "..") and not set(name) & set("/\0\n") and name[0] not in ".-" and folder_name(name) == name


class TestEventId:
    def test_the_same_wherever_it_is_worked_out(self) -> None:
        assert event_id("s", "c") == event_id("s", "c") and len(event_id("s", "c")) == 12

    def test_parts_do_not_run_into_each_other(self) -> None:
        assert event_id("ab", "c") != event_id("a", "bc")
