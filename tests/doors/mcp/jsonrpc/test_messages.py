"""Envelopes: what is one message to every reader is read, all else is one error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.doors.mcp.jsonrpc import messages
from gateway.doors.mcp.jsonrpc.messages import ERROR, NOTIFICATION, REQUEST, RESULT
from gateway.model.errors import ProtocolError

READ = [
    (b'{"jsonrpc":"2.0","id":1,"method":"ping"}', REQUEST, ("number", 1)),
    (b'{"jsonrpc":"2.0","id":"1","method":"ping"}', REQUEST, ("string", "1")),
    (b'{"jsonrpc":"2.0","\\u006dethod":"ping","id":""}', REQUEST, ("string", "")),
    (b'{"jsonrpc":"2.0","method":"notifications/initialized"}', NOTIFICATION, None),
    (b'{"jsonrpc":"2.0","id":1,"result":null}', RESULT, ("number", 1)),
    (b'{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}}', ERROR, None),
    (b' \t\r\n{"id":1,"method":"ping"} \n', REQUEST, ("number", 1)),
]
REFUSED = [
    b"",
    b"hello",
    b"1",
    b"[]",
    b"[1]",
    b'\xef\xbb\xbf{"id":1,"method":"ping"}',
    '{"id":1,"method":"ping"}'.encode("utf-16"),
    b'{"id":1,"method":"ping"',
    b'{"id":1,"method":"ping"}}',
    b'{"id":1,"method":"a"}{"id":2,"method":"b"}',
    b'{"id":1,"method":"a","method":"b"}',
    b'{"id":1,"method":"tools/call","params":{"name":"a","na\\u006de":"b"}}',
    b'{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"x":{"p":1,"p":2}}}}',
    b'{"id":1,"Method":"tools/call","method":"ping"}',
    b'{"id":1,"method":"tools/call","params":{"name":"a","Arguments":{}}}',
    '{"id":1,"method":"tools/call","params":{"name":"a","argument\u017f":{}}}'.encode(),
    b'{"id":1.0,"method":"ping"}',
    b'{"id":null,"method":"ping"}',
    b'{"id":true,"method":"ping"}',
    b'{"id":[1],"method":"ping"}',
    b'{"id":9007199254740993,"method":"ping"}',
    b'{"id":1,"method":7}',
    b'{"id":1,"method":"x","result":1}',
    b'{"id":1,"result":1,"error":{}}',
    b'{"id":1}',
    b'{"result":1}',
    b'{"id":1,"method":"tools/call","params":["a"]}',
    b'{"id":1,"method":"x","params":{"v":NaN}}',
    b'{"id":1,"method":"x","params":{"v":1e999}}',
    b'{"id":1,"method":"x","params":{"v":"\\ud800"}}',
    b'{"id":1,"method":"x","params":{"\\uDC00":1}}',
    b'{"id":1,"method":"x","params":{"v":"a\nb"}}',
    b'{"id":1,"method":"x","params":{"v":' + b"[" * 300 + b"]" * 300 + b"}}",
    b'{"id":1,"method":"x","params":{"v":' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    b'{"id":1,"method":"x","params":{"v":' + b"9" * 5000 + b"}}",
]


class TestRead:
    @pytest.mark.parametrize(("raw", "kind", "key"), READ)
    def test_messages(self, raw: bytes, kind: str, key: object) -> None:
        (item,) = messages.read(raw).items
        assert (item.kind, item.key) == (kind, key)

    @pytest.mark.parametrize("raw", REFUSED, ids=lambda raw: raw[:40].decode("latin-1"))
    def test_refused(self, raw: bytes) -> None:
        with pytest.raises(ProtocolError):
            messages.read(raw)

    def test_batch(self) -> None:
        found = messages.read(b'[{"id":1,"method":"ping"},{"id":"1","result":{}}]')
        assert found.batch and [item.kind for item in found.items] == [REQUEST, RESULT]

    def test_keys_of_other_objects_may_differ_by_case(self) -> None:
        messages.read(b'{"id":1,"method":"tools/call","params":{"name":"a","arguments":{"Name":"x","name":"y"}}}')

    def test_a_server_may_cut_a_text_inside_a_character(self) -> None:
        raw = b'{"id":1,"result":{"content":[{"type":"text","text":"\\ud83d"}]}}'
        messages.read(raw, trusted=True)
        with pytest.raises(ProtocolError):
            messages.read(raw)

    def test_whole_characters_in_halves_are_fine(self) -> None:
        messages.read(b'{"id":1,"method":"x","params":{"v":"\\ud83d\\ude00"}}')


class TestFuzz:
    @settings(max_examples=150)
    @given(
        st.one_of(
            st.binary(max_size=60),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(("id", "method", "params", "result", "error", "ID", "x")), inner),
                max_leaves=8,
            ).map(lambda value: json.dumps(value).encode()),
        )
    )
    def test_only_protocol_errors_escape(self, raw: bytes) -> None:
        try:
            messages.read(raw)
        except ProtocolError:
            messages.identified(raw)
            messages.is_request(raw)


class TestIdentified:
    @pytest.mark.parametrize(
        ("raw", "ident"),
        [
            (b'{"id":7,"method":"a","method":"b"}', 7),
            (b'{"id":"7","method":"a","params":{"id":1,"id":2}}', "7"),
            (b'{"id":7,"id":8,"method":"a"}', None),
            (b'{"id":1.5,"method":"a"}', None),
            (b"[]", None),
            (b"{", None),
        ],
    )
    def test_only_beyond_doubt(self, raw: bytes, ident: object) -> None:
        assert messages.identified(raw) == ident

    def test_answers_ask_for_no_answer(self) -> None:
        assert not messages.is_request(b'{"id":1.5,"result":{}}') and messages.is_request(b'{"id":1.5,"method":"x"}')
