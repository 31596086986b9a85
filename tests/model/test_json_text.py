from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.errors import ProtocolError
from gateway.model.json_text import dumps, dumps_ascii, line_of, loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


class TestLoads:
    @given(VALUES)
    def test_reads_what_json_writes(self, value: object) -> None:
        assert loads(json.dumps(value)) == value

    @given(st.text())
    def test_only_a_protocol_error_escapes(self, text: str) -> None:
        try:
            loads(text)
        except ProtocolError:
            return

    @pytest.mark.parametrize("text", ["", "{", "[1,]", "{}{}", "NaN", "Infinity", "1 2", "'x'", "[" * 100_000])
    def test_refuses(self, text: str) -> None:
        with pytest.raises(ProtocolError):
            loads(text)

    def test_the_last_of_two_keys_counts(self) -> None:
        assert loads('{"a": 1, "a": 2}') == {"a": 2}


class TestDumps:
    @given(VALUES)
    def test_json_reads_what_it_writes(self, value: object) -> None:
        assert json.loads(dumps(value)) == value == json.loads(dumps_ascii(value))

    def test_a_line_carries_lone_surrogates(self) -> None:
        assert json.loads(line_of({"a": "\ud800"})) == {"a": "\ud800"}

    def test_refuses_what_json_cannot_say(self) -> None:
        with pytest.raises(ValueError, match="Out of range"):
            dumps(float("nan"))
        with pytest.raises(TypeError):
            dumps(object())
