"""Cleaning again, with a memory."""

from __future__ import annotations

from typing import Any

from gateway.analysis import recleaning
from gateway.analysis.recleaning import Recleaner
from gateway.model.decision import RECORD
from gateway.redaction.reach import cleaner_for


class Counting:
    """A cleaner that takes "bad" out, and the value of a key named `pin`; remembers what it was shown."""

    def __init__(self) -> None:
        self.removed: dict[str, int] = {}
        self.shown: list[Any] = []

    def value(self, value: Any) -> Any:
        self.shown.append(value)
        if isinstance(value, dict):
            return {key: "[gone]" if key == "pin" else self._text(item) for key, item in value.items()}
        return self._text(value)

    def _text(self, text: str) -> str:
        if "bad" in text:
            self.removed["bad"] = self.removed.get("bad", 0) + 1
        return text.replace("bad", "[gone]")


class TestRecleaner:
    def test_takes_out_what_the_cleaner_takes_out(self) -> None:
        again = Recleaner(Counting())
        assert again.value({"a": ["bad", {"pin": "1", "x": "so bad"}], "n": 3, "none": None}) == {
            "a": ["[gone]", {"pin": "[gone]", "x": "so [gone]"}],
            "n": 3,
            "none": None,
        }
        assert again.removed == {"bad": 2}

    def test_does_not_look_twice_at_short_texts_that_were_clean(self) -> None:
        cleaner = Counting()
        again = Recleaner(cleaner)
        for _ in range(3):
            assert again.value({"a": "fine", "b": "fine"}) == {"a": "fine", "b": "fine"}
        assert cleaner.shown.count({"a": "fine"}) == 1 and cleaner.shown.count({"b": "fine"}) == 1

    def test_looks_again_at_what_was_not_clean_under_another_name_or_is_long(self) -> None:
        cleaner = Counting()
        again = Recleaner(cleaner)
        long = "x" * (recleaning.SHORT + 1)
        assert again.value([{"x": "1"}, {"pin": "1"}, "bad", "bad", long, long]) == [{"x": "1"}, {"pin": "[gone]"}, "[gone]", "[gone]", long, long]
        assert again.removed == {"bad": 2} and cleaner.shown.count(long) == 2

    def test_forgets_when_it_remembers_too_much(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(recleaning, "MAX_REMEMBERED", 2)
        cleaner = Counting()
        again = Recleaner(cleaner)
        again.value(["a", "b", "c", "a"])
        assert cleaner.shown == ["a", "b", "c", "a"]

    def test_with_the_cleaner_of_the_record(self) -> None:
        cleaner = cleaner_for({}, RECORD, b"k" * 32)
        assert cleaner is not None
        token = "ghp_" + "aB3d" * 9
        again = Recleaner(cleaner)
        cleaned = again.value({"text": f"use {token}", "list": [token, "plain"]})
        assert token not in str(cleaned) and "plain" in str(cleaned) and sum(again.removed.values()) == 2
