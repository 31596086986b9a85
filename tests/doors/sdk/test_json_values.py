from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.doors.sdk import json_values as under_test
from gateway.doors.sdk.json_values import CUT, is_plain, plain, usage_of


class Model:
    """Has fields like a pydantic model."""

    def model_dump(self) -> dict[str, Any]:
        return {"path": PurePosixPath("/a"), "n": 1}


class Broken:
    """Raises whatever is asked of it."""

    def __repr__(self) -> str:
        raise ZeroDivisionError

    def to_dict(self) -> dict[str, Any]:
        raise KeyError("no")

    __str__ = __repr__


class Evasive:
    """Raises for any attribute."""

    def __getattr__(self, name: str) -> Any:
        raise SystemError(name)


class Color(StrEnum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


@dataclass
class Point:
    x: int


class Pair(NamedTuple):
    a: int
    b: int


CASES: list[tuple[Any, Any]] = [
    (None, None),
    (True, True),
    (7, 7),
    ("a", "a"),
    (1.5, 1.5),
    (float("nan"), "nan"),
    (float("inf"), "inf"),
    ({"a": (1, 2)}, {"a": [1, 2]}),
    ({1: {2}}, {"1": [2]}),
    (b"a\xff", "a\\xff"),
    (PurePosixPath("/a/b"), "/a/b"),
    (Model(), {"path": "/a", "n": 1}),
    (Color.RED, "red"),
    (Level.HIGH, 3),
    (Point(1), "Point(x=1)"),
    (Pair(1, 2), [1, 2]),
    (Broken(), "<Broken>"),
    ({Broken(): 1}, {"<Broken>": 1}),
    (Evasive(), "<Evasive>"),
    (Model, repr(Model)),
]


class TestPlain:
    @pytest.mark.parametrize(("value", "told"), CASES, ids=map(str, range(len(CASES))))
    def test_tells(self, value: Any, told: Any) -> None:
        found = plain(value)
        assert found == told and type(found) is type(told)

    def test_a_value_inside_itself_ends(self) -> None:
        value: list[Any] = [1]
        value += [value] * 50
        assert plain(value) == [1] + [CUT] * 50
        shared = [1]
        assert plain([shared, shared]) == [[1], [1]]

    def test_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        deep: Any = "x"
        for _ in range(100):
            deep = [deep]
        assert json.dumps(plain(deep)).count("[") == under_test.MAX_DEPTH + 1
        monkeypatch.setattr(under_test, "MAX_TOTAL", 100)
        wide = [[0] * 50] * 50
        assert sum(1 for _ in str(plain(wide)) if _ == "0") <= 100

    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text() | st.binary(), lambda inner: st.lists(inner) | st.sets(st.integers()), max_leaves=20
        )
    )
    def test_is_always_json(self, value: Any) -> None:
        json.dumps(plain(value), allow_nan=False)


class TestIsPlain:
    @pytest.mark.parametrize(
        ("value", "is_it"),
        [({"a": [1, None, "x"]}, True), ((1,), False), ({1: 2}, False), ([Color.RED], False), (b"", False), ({"a": {"b": object()}}, False)],
    )
    def test_json_data_alone(self, value: Any, is_it: bool) -> None:
        assert is_plain(value) is is_it

    def test_a_value_inside_itself_is_none(self) -> None:
        value: list[Any] = []
        value.append(value)
        assert not is_plain(value)


class TestUsage:
    @pytest.mark.parametrize(
        ("usage", "found"),
        [
            (
                {"input_tokens": 1, "output_tokens": 2, "cache_read_input_tokens": 3},
                {"input_tokens": 1, "output_tokens": 2, "cache_read_input_tokens": 3},
            ),
            ({"prompt_tokens": 1, "completion_tokens": 2}, {"input_tokens": 1, "output_tokens": 2}),
            ({"input_tokens": True, "output_tokens": "2"}, {}),
            (None, {}),
        ],
    )
    def test_in_the_words_of_one_api(self, usage: Any, found: dict[str, int]) -> None:
        class Response:
            pass

        response = Response()
        response.usage = type("Usage", (), usage) if usage else None  # type: ignore[attr-defined]
        assert usage_of({"usage": usage}) == found == usage_of(response) and usage_of("text") == {}
