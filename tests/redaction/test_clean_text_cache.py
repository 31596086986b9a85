"""Remembering changes nothing but the time it takes."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.redaction import clean_text_cache
from gateway.redaction.clean import Clean, cleaned_by
from gateway.redaction.clean_text_cache import Memory
from gateway.redaction.redact import Cleaner

KEY = b"k"
TOKEN = "ghp_" + "a1B2" * 9
TEXTS = st.sampled_from(("", "plain", "a longer text", TOKEN, f"see {TOKEN}", "hunter2horse!X9", "--password", "DB_PASSWORD", "Secret"))
NAMES = st.sampled_from(("path", "password", "token", TOKEN, "x", "name", "value", "kind", "data", "credentials", "pin"))
VALUES: Any = st.recursive(
    TEXTS | st.integers(0, 9999), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)


def remembering(memory: Memory, data: dict[str, Any]) -> Clean:
    """Return data as a cleaner with a memory cleans it."""
    cleaner = Cleaner(KEY)
    cleaner.memory = memory
    return cleaned_by(cleaner, data)


class TestMemory:
    @settings(max_examples=80)
    @given(st.lists(st.dictionaries(NAMES, VALUES, max_size=3), max_size=5))
    def test_the_same_as_without_it(self, values: list[dict[str, Any]]) -> None:
        kept = Memory()
        for value in values:
            with_memory, without = remembering(kept, value), cleaned_by(Cleaner(KEY), value)
            assert (with_memory.data, with_memory.removed) == (without.data, without.removed)

    def test_what_holds_nothing_is_looked_at_once(self) -> None:
        kept = Memory()
        assert remembering(kept, {"a": "b", "password": "hunter"}).data["a"] == "b"
        assert kept.new(["a: b", "c", "password: hunter", TOKEN]) == ["c", "password: hunter", TOKEN]

    def test_it_is_bounded(self) -> None:
        kept = Memory()
        for number in range(clean_text_cache.MAX_TEXTS + 10):
            remembering(kept, {"a": f"text {number}"})
        assert len(kept.quiet) <= clean_text_cache.MAX_TEXTS + 2

    def test_a_text_that_is_cut_is_told(self) -> None:
        kept = Memory(10_000)
        whole, cut = (remembering(kept, {"a": "word " * count}) for count in (2_000, 2_001))
        assert whole.scan["state"] == "complete" and "missed" not in whole.scan
        assert cut.scan["state"] == "partial" and cut.scan["missed"] == ["length"] and cut.data["a"].endswith("[10005 characters]")
