"""Cleaning again, with a memory."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.analysis import export_cleaner
from gateway.analysis.export_cleaner import Recleaner, covers
from gateway.reports.session_cleaner import cleaners

TOKEN = "ghp_" + "aB3d" * 9


class Counting:
    """A cleaner that takes "bad" out, and the value of a key named `pin`; hands clean values back as they are; remembers what it was shown."""

    shown: list[Any] = []

    def __init__(self) -> None:
        self.removed: dict[str, int] = {}
        self.partial: set[str] = set()

    def value(self, value: Any) -> Any:
        self.shown.append(value)
        cleaned = self._value(value, "")
        return value if cleaned == value else cleaned

    def _value(self, value: Any, name: str) -> Any:
        if isinstance(value, dict):
            return {self._value(key, ""): self._value(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [self._value(item, name) for item in value]
        if not isinstance(value, str):
            return value
        if name == "pin" or "bad" in value:
            self.removed["bad"] = self.removed.get("bad", 0) + 1
        if "huge" in value:
            self.partial.add("size")
        return "[gone]" if name == "pin" else value.replace("bad", "[gone]")


@pytest.fixture(autouse=True)
def nothing_shown() -> None:
    Counting.shown = []


class TestRecleaner:
    def test_takes_out_what_the_cleaner_takes_out_and_counts_it_once(self) -> None:
        again = Recleaner(Counting)
        data = {"a": ["bad", {"pin": "1", "x": "so bad"}], "n": 3, "none": None, "cwd": "/bad", "tool_name": "Bash"}
        assert again.data(data) == {"a": ["[gone]", {"pin": "[gone]", "x": "so [gone]"}], "n": 3, "none": None, "cwd": "/[gone]", "tool_name": "Bash"}
        assert again.removed == {"bad": 4}

    def test_hands_back_the_data_itself_when_nothing_had_to_go(self) -> None:
        data = {"a": ["fine", 3], "cwd": "/p"}
        assert Recleaner(Counting).data(data) is data

    def test_looks_once_at_what_is_said_of_many_events(self) -> None:
        again = Recleaner(Counting)
        for _ in range(5):
            again.data({"cwd": "/p", "decision": {"effect": "allow"}, "result": "fine"})
        assert Counting.shown.count({"result": "fine"}) == 5 and len(Counting.shown) == 6

    def test_forgets_when_it_remembers_too_much(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(export_cleaner, "MAX_REMEMBERED", 2)
        again = Recleaner(Counting)
        for folder in ("a", "b", "c", "a"):
            again.data({"cwd": folder})
        assert [shown["cwd"] for shown in Counting.shown if shown.get("cwd")] == ["a", "b", "c", "a"]

    def test_tells_what_could_not_be_looked_at_whole(self) -> None:
        again = Recleaner(Counting)
        again.data({"v": "bad and huge"})
        assert again.partial == 1

    @given(
        st.dictionaries(
            st.sampled_from(["a", "pin", "bad", "cwd", "decision"]),
            st.recursive(
                st.none() | st.integers() | st.sampled_from(["fine", "bad", "so bad", "pin", ""]),
                lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "pin", "bad"]), inner, max_size=3),
                max_leaves=8,
            ),
            max_size=4,
        ),
        st.integers(1, 3),
    )
    @settings(max_examples=80, deadline=None)
    def test_law_same_as_the_cleaner_alone(self, value: Any, times: int) -> None:
        again = Recleaner(Counting)
        removed = 0
        for _ in range(times):
            alone = Counting()
            assert again.data(value) == alone.value(value)
            removed += sum(alone.removed.values())
        assert sum(again.removed.values()) == removed

    @pytest.mark.parametrize(
        "data",
        [
            {"text": f"use {TOKEN}"},
            {"list": [TOKEN[:20], TOKEN[20:]]},
            {"headers": [{"name": "Authorization", "value": "Basic dXNlcjpwYXNzd29yZA=="}]},
            {"words": ["mysql", "--password", "hunter2hunter2"]},
            {"decision": {"reasons": [{"text": f"`echo {TOKEN}` is denied"}]}},
            {"password": "correct-horse-9"},
            {"nested": f'{{"token": "{TOKEN}"}}'},
        ],
    )
    def test_with_the_cleaner_of_the_record(self, data: dict[str, Any]) -> None:
        make = cleaners("store")
        again = Recleaner(make)
        again.data({"text": "use", "list": ["a"], "headers": "name", "words": "mysql --password", "decision": {"effect": "allow"}})
        for _ in range(2):
            assert again.data(data) == make().value(data) != data


class TestCovers:
    @pytest.mark.parametrize(
        ("by", "wanted", "expected"),
        [
            ("secrets@1", "secrets@1", True),
            ("pii+secrets@1", "secrets@1", True),
            ("secrets@1", "pii+secrets@1", False),
            ("secrets@1", "secrets@2", False),
            ("secrets", "secrets", False),
            ("secrets@", "secrets@", False),
            ("", "secrets@1", False),
        ],
    )
    def test_all_of_them_and_of_the_same_edition(self, by: str, wanted: str, expected: bool) -> None:
        assert covers(by, wanted) is expected

    @pytest.mark.parametrize(
        ("scan", "trusted"),
        [
            ({"detectors": "secrets@1", "state": "complete"}, 1),
            ({"detectors": "secrets@1", "state": "partial"}, 0),
            ({"detectors": ["secrets@1"], "state": "complete"}, 0),
            ("secrets@1", 0),
            (None, 0),
        ],
    )
    def test_what_the_record_says(self, scan: object, trusted: int) -> None:
        again = Recleaner(Counting, "secrets@1")
        assert again.data({"v": "bad"}, scan) == {"v": "bad" if trusted else "[gone]"} and again.trusted == trusted
        assert Recleaner(Counting).data({"v": "bad"}, scan) == {"v": "[gone]"}
