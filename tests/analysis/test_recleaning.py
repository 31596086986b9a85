"""Cleaning again, with a memory."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.analysis import recleaning
from gateway.analysis.recleaning import Recleaner
from gateway.model.decision import RECORD
from gateway.redaction.reach import cleaner_for


class Counting:
    """A cleaner that takes "bad" out, and the value of a key named `pin`; remembers the texts that it was shown, with their keys."""

    def __init__(self) -> None:
        self.removed: dict[str, int] = {}
        self.shown: list[tuple[str, str]] = []

    def value(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {self.value(key): self.value(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [self.value(item, name) for item in value]
        if not isinstance(value, str):
            return value
        self.shown.append((name, value))
        if name == "pin" or "bad" in value:
            self.removed["bad"] = self.removed.get("bad", 0) + 1
        return "[gone]" if name == "pin" else value.replace("bad", "[gone]")


class TestRecleaner:
    def test_takes_out_what_the_cleaner_takes_out_and_counts_it_once(self) -> None:
        again = Recleaner(Counting())
        assert again.value({"a": ["bad", {"pin": "1", "x": "so bad"}], "n": 3, "none": None, "bad key": "v"}) == {
            "a": ["[gone]", {"pin": "[gone]", "x": "so [gone]"}],
            "n": 3,
            "none": None,
            "[gone] key": "v",
        }
        assert again.removed == {"bad": 4}

    def test_hands_back_the_value_itself_when_nothing_had_to_go(self) -> None:
        value = {"a": ["fine", 3]}
        assert Recleaner(Counting()).value(value) is value

    def test_does_not_look_twice_at_short_texts_that_were_clean(self) -> None:
        cleaner = Counting()
        again = Recleaner(cleaner)
        for _ in range(3):
            again.value({"a": "fine", "b": ["fine"]})
        assert cleaner.shown.count(("a", "fine")) == 1 and cleaner.shown.count(("b", "fine")) == 1

    def test_looks_again_at_what_was_not_clean_stands_elsewhere_or_is_long(self) -> None:
        cleaner = Counting()
        again = Recleaner(cleaner)
        long = "x" * (recleaning.SHORT + 1)
        for value in ({"x": "1"}, {"pin": "1"}, {"pin": "1"}, "bad", "bad", long, long):
            again.value(value)
        assert again.removed == {"bad": 4} and cleaner.shown.count(("", long)) == 2

    def test_forgets_when_it_remembers_too_much(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(recleaning, "MAX_REMEMBERED", 2)
        cleaner = Counting()
        again = Recleaner(cleaner)
        for text in ("a", "b", "c", "a"):
            again.value(text)
        assert [text for _, text in cleaner.shown if text] == ["a", "b", "c", "a"]

    def test_many_at_once_are_as_clean_as_each_by_itself(self) -> None:
        again = Recleaner(Counting())
        values = [{"a": "fine"}, {"a": "bad"}, {"pin": "1"}, "fine"]
        assert again.values(values) == [{"a": "fine"}, {"a": "[gone]"}, {"pin": "[gone]"}, "fine"] and again.removed == {"bad": 2}
        assert again.values(values[:1] + values[3:]) == [{"a": "fine"}, "fine"]

    @given(
        st.recursive(
            st.none() | st.integers() | st.sampled_from(["fine", "bad", "so bad", "pin", ""]),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "pin", "bad"]), inner, max_size=3),
            max_leaves=8,
        ),
        st.integers(1, 3),
    )
    @settings(max_examples=60, deadline=None)
    def test_law_same_as_the_cleaner_alone(self, value: Any, times: int) -> None:
        alone, again = Counting(), Recleaner(Counting())
        for _ in range(times):
            assert again.value(value) == alone.value(value)
        assert again.removed == alone.removed

    def test_with_the_cleaner_of_the_record(self) -> None:
        cleaner = cleaner_for({}, RECORD, b"k" * 32)
        assert cleaner is not None
        token = "ghp_" + "aB3d" * 9
        again = Recleaner(cleaner)
        cleaned = again.value({"text": f"use {token}", "list": [token, "plain"]})
        assert token not in str(cleaned) and "plain" in str(cleaned) and sum(again.removed.values()) == 2
