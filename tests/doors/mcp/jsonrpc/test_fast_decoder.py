"""A message that the fast decoder takes is the one that the careful decoder reads, and the careful one has nothing against it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.doors.mcp.jsonrpc import fast_decoder, messages
from gateway.model.errors import ProtocolError

PADDING = "x" * fast_decoder._LONG
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('abk\\"\u212a\u00e9', max_size=2), inner, max_size=3),
    max_leaves=12,
)
SLIPS = [
    *(bytes([byte]) for byte in b'"\\,:{}[] \n\r\t\x00\x0b0e-.'),
    b"",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xff",
    b"\xc2\xa0",
    b'"a":1,',
]
COMPACT, SPACED = (",", ":"), (", ", ": ")


def members(pairs: list[tuple[str, object]]) -> str:
    return "{" + ",".join(f"{json.dumps(key)}:{json.dumps(value)}" for key, value in pairs) + "}"


def agree(raw: bytes) -> None:
    """If the fast decoder takes it, the careful one reads the same of it."""
    fast = fast_decoder.value_of(raw)
    if fast is not fast_decoder.NOT:
        assert json.dumps(fast) == json.dumps(messages._decoded(raw))


class TestAgrees:
    @given(JSON, st.sampled_from([COMPACT, SPACED]), st.booleans(), st.booleans())
    def test_on_any_value(self, value: object, separators: tuple[str, str], ascii_only: bool, long: bool) -> None:
        whole = {"v": value, "pad": PADDING} if long else {"v": value}
        agree(json.dumps(whole, separators=separators, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))

    @given(st.lists(st.tuples(st.sampled_from("abc"), JSON), max_size=4), st.booleans())
    def test_on_keys_that_stand_twice(self, pairs: list[tuple[str, object]], long: bool) -> None:
        agree(members([*pairs, ("pad", PADDING if long else "")]).encode())

    @given(JSON, st.data())
    def test_on_what_is_almost_json(self, value: object, data: st.DataObject) -> None:
        whole = {"v": value, "pad": PADDING} if data.draw(st.booleans()) else {"v": value}
        raw = bytearray(json.dumps(whole, separators=COMPACT, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, min(len(raw), 80)))
            raw[at : at + data.draw(st.integers(0, 1))] = data.draw(st.sampled_from(SLIPS))
        taken = fast_decoder.value_of(bytes(raw))
        if taken is not fast_decoder.NOT:
            assert json.dumps(taken) == json.dumps(messages._decoded(bytes(raw)))

    @pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 5000, "12345678901234567890123", "1.0", "-0", "1e5", "NaN", "01", ".5"])
    def test_on_numbers(self, number: str) -> None:
        for padding in ("", PADDING):
            raw = f'{{"n":{number},"p":"{padding}"}}'.encode()
            try:
                agree(raw)
            except ProtocolError:
                pytest.fail(f"{number} was taken")


class TestTakes:
    @pytest.mark.parametrize("text", ["plain", 'q"uo\\te', "\n\t\u2028é😀"])
    def test_what_both_sdks_write(self, text: str) -> None:
        for padding in ("", PADDING):
            message = {"jsonrpc": "2.0", "id": 1, "result": {"content": [{"type": "text", "text": text + padding}]}}
            assert fast_decoder.value_of(json.dumps(message, separators=COMPACT, ensure_ascii=False).encode()) == message

    def test_a_long_message_with_spaces(self) -> None:
        message = {"id": 1, "result": {"text": PADDING}}
        assert fast_decoder.value_of(json.dumps(message).encode()) == message


@pytest.mark.parametrize(
    "raw",
    [
        b'{"id":1,"id":2}',
        b'{"a": 1}',
        b'{"a":"\\u0041"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":"\xc0\xaf"}',
        b'{"a":1}{"b":2}',
        b'{"a":1}\x00',
        b"[" * 5000,
        b"",
    ],
)
def test_leaves_the_rest(raw: bytes) -> None:
    assert fast_decoder.value_of(raw) is fast_decoder.NOT


@pytest.mark.parametrize("twice", ['"a":1,"a":2', '"a":"x","a":"y"', '"a":{"b":1,"b":1}', '"a":[{"c":"d"},{"c":1,"c":"d"}]'])
def test_leaves_a_long_message_with_a_key_twice(twice: str) -> None:
    assert fast_decoder.value_of(f'{{{twice},"p":"{PADDING}"}}'.encode()) is fast_decoder.NOT


def test_leaves_a_long_message_of_many_strings_to_the_comparison() -> None:
    many = {str(number): "y" * 400 for number in range(200)}
    assert fast_decoder.value_of(json.dumps(many, separators=COMPACT).encode()) == many
    assert fast_decoder.value_of(json.dumps(many).encode()) is fast_decoder.NOT
