"""Lines that are written fast are the lines that the hook lane writes, as any reader reads them."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model.json_text import line_of
from gateway.traces import encode

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=15,
)


@given(JSON)
def test_both_writers_say_the_same(value: object) -> None:
    fast = encode.line(value)
    assert fast.endswith(b"\n") and fast.count(b"\n") == 1
    assert json.dumps(json.loads(fast)) == json.dumps(json.loads(line_of(value)))


@pytest.mark.parametrize("value", ["plain", {"k": ['\x00\x1f\x7f\u2028é😀\\"\n']}, {"n": [0, -1, 2**70, 0.1, 1.5, None, True]}])
def test_and_in_the_same_bytes(value: object) -> None:
    assert encode.line(value) == line_of(value)


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, {None: 1}])
def test_what_the_fast_one_refuses_is_written_by_the_other(value: object) -> None:
    assert encode.line(value) == line_of(value)


def test_the_digest_is_the_same() -> None:
    assert encode.digest(b"abc") == hashlib.sha256(b"abc").hexdigest()
