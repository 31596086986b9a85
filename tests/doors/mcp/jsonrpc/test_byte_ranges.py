"""One part of a JSON text changes, every other byte stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.doors.mcp.jsonrpc import byte_ranges
from gateway.model.errors import ProtocolError

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6
)


class TestSpans:
    @settings(max_examples=60)
    @given(st.dictionaries(st.text(), JSON), st.sampled_from((None, 1, "\t")))
    def test_members_are_found(self, value: dict[str, object], indent: object) -> None:
        text = "\n " + json.dumps(value, indent=indent)  # type: ignore[arg-type]
        assert {key: json.loads(text[start:end]) for key, (start, end) in byte_ranges.members(text).items()} == value

    @settings(max_examples=60)
    @given(st.lists(JSON), st.sampled_from((None, 1)))
    def test_items_are_found(self, value: list[object], indent: int | None) -> None:
        text = json.dumps(value, indent=indent)
        assert [json.loads(text[start:end]) for start, end in byte_ranges.items(text, 0)] == value

    @pytest.mark.parametrize("text", ["[]", "", " 1"])
    def test_not_an_object(self, text: str) -> None:
        with pytest.raises(ProtocolError):
            byte_ranges.members(text)


class TestRelisted:
    RAW = (
        '{"jsonrpc":"2.0", "id":1,"result":{ "tools" : [ {"name":"a","n":1E2}, {"name" :"b"},{"name":"\u00e9"} ],'
        ' "nextCursor":"" ,"cacheScope":"public"}}'
    ).encode()

    def test_what_stays_stays_as_it_is(self) -> None:
        kept = byte_ranges.relisted(self.RAW, "tools", {0: None, 2: None}, private=False)
        assert kept == self.RAW.replace(b'[ {"name":"a","n":1E2}, {"name" :"b"},', b'[{"name":"a","n":1E2},').replace(b'} ], "next', b'}], "next')

    def test_a_list_that_is_not_for_everybody(self) -> None:
        kept = json.loads(byte_ranges.relisted(self.RAW, "tools", {}, private=True))
        assert kept["result"] == {"tools": [], "nextCursor": "", "cacheScope": "private"}

    def test_an_item_may_be_another(self) -> None:
        assert json.loads(byte_ranges.relisted(self.RAW, "tools", {1: b'{"x":2}'}, private=False))["result"]["tools"] == [{"x": 2}]
