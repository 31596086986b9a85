from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gateway.model.event import Event
from gateway.traces.decode import (
    LATEST,
    LONGEST_MS,
    LeanEvent,
    decoded,
    encoded,
    foreign_object,
    head,
    json_object,
    lean,
    number_in,
    object_in,
    parsed,
    sealed_or_raise,
    size_of,
    sized_or_raise,
    whole_text,
)
from gateway.traces.reader import Stamp
from tests.stores import event

STRANGE = [
    b'{"event_type":"x","timestamp":"noon","event_id":7,"parent_id":null,"duration_ms":"3","data":null}',
    b'{"event_type":"x","timestamp":true,"duration_ms":NaN}',
    b'{"event_type":"x","timestamp":1e999}',
    b'{"event_type":"x","data":[1,2]}',
    b'{"event_type":"tool_call","data":{"decision":"deny","arguments":7}}',
    b'{"event_type":"tool_call","data":{"decision":{"effect":3,"reasons":{}}}}',
    b'{"event_type":"tool_call","data":{"tool_name":["a"],"actions":{}}}',
    b'{"event_type":"x","data":{"result":"\\ud800"}}',
    b'{"event_type":"x","data":{"result":"\xff\xfe"}}',
    b'\xef\xbb\xbf{"event_type":"x"}'[3:],
]
NONE = [b"", b"\n", b"{", b"[]", b"7", b'{"event_type":3}', b'{"timestamp":1}', b'"event_type"', b"{" * 100_000]


class TestParsed:
    def test_keeps_every_field(self) -> None:
        line = json.dumps({**event("tool_call", 1.5, id="a", parent="b", ms=3, tool_name="Read"), "prev_hash": "f0", "tenant": 1}).encode()
        whole = Event("tool_call", 1_770_000_001.5, "a", "s", parent="b", duration_ms=3.0, data={"tool_name": "Read"}, extra={})
        found = parsed(line)
        assert found is not None and found.extra == {"prev_hash": "f0", "tenant": 1}
        found.extra.clear()
        assert found == whole

    @pytest.mark.parametrize("line", STRANGE)
    def test_reads_what_other_versions_might_write(self, line: bytes) -> None:
        found = parsed(line)
        assert found is not None and isinstance(found.timestamp, float) and isinstance(found.data, dict) and isinstance(found.id, str)

    @pytest.mark.parametrize("line", NONE)
    def test_what_is_no_event_is_none(self, line: bytes) -> None:
        assert parsed(line) is None


class TestLean:
    def test_stands_in_for_an_event(self) -> None:
        assert set(Event.__slots__) == set(LeanEvent.__struct_fields__)

    def test_leaves_out_what_counting_does_not_need(self) -> None:
        found = lean(json.dumps(event("tool_result", 1, tool_name="Read", result="x" * 100, usage={"input_tokens": 1})).encode())
        assert found is not None and found.data == {"tool_name": "Read", "usage": {"input_tokens": 1}}

    @pytest.mark.parametrize("line", [*STRANGE, *NONE])
    def test_sees_an_event_exactly_where_the_whole_reader_does(self, line: bytes) -> None:
        whole, short, first = parsed(line), lean(line), head(line)
        assert (whole is None) == (short is None) == (first is None)
        if whole is not None and short is not None:
            assert (whole.type, whole.timestamp, whole.id, whole.parent, whole.duration_ms) == (
                short.type,
                short.timestamp,
                short.id,
                short.parent,
                short.duration_ms,
            )
            assert first == (whole.type, whole.id, whole.parent)


class TestOurOwn:
    def test_round_trip(self) -> None:
        assert decoded(encoded({"a": [1, 2]}), dict) == {"a": [1, 2]}

    def test_what_does_not_fit_is_none(self) -> None:
        assert decoded(b"[1]", dict) is None and decoded(b"{", dict) is None

    @pytest.mark.parametrize(("data", "found"), [(b'{"a":1}', {"a": 1}), (b'{"a":NaN}', None), (b"[]", {}), (b"{", {}), (b"", {})])
    def test_objects_of_other_hands(self, data: bytes, found: object) -> None:
        assert json_object(data) == found if found is not None else list(json_object(data)) == ["a"]


class TestEncoded:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ({"a": "é\n\x00"}, '{"a":"é\\n\\u0000"}'),
            ({"a": "\ud800x"}, '{"a":"?x"}'),
            ([{"\udfff": (1, None, True)}], '[{"?":[1,null,true]}]'),
            ({"a": float("nan")}, '{"a":null}'),
            (("\udfff", [1]), '["?",[1]]'),
            (Stamp(1, 2, 3, 4), '{"inode":1,"size":2,"modified_ns":3,"changed_ns":4}'),
        ],
    )
    def test_is_json_that_any_reader_takes(self, value: object, expected: str) -> None:
        assert encoded(value).decode() == expected


class TestSized:
    def test_tells_how_long_what_was_said_is(self) -> None:
        line = b'{"event_type":"tool_result","timestamp":1,"data":{"tool_name":"T","result":{"a":"b"},"text":"abc"}}'
        data = sized_or_raise(line).data
        assert (size_of(data["result"]), size_of(data["text"]), size_of({"a": "b"})) == (9, 5, 9)


class TestSealed:
    def test_has_the_data_unread(self) -> None:
        line = b'{"event_type":"x","timestamp":1,"event_id":"e","data":{"a": 1},"prev_hash":"ff","scan":{"detectors":"d","state":"complete"}}'
        sealed = sealed_or_raise(line)
        assert (bytes(sealed.data), sealed.prev_hash, sealed.scan and sealed.scan.detectors) == (b'{"a": 1}', "ff", "d")


class TestForged:
    """Whatever stands where a number or a text should: what comes of it can be counted, shown and asked about."""

    @pytest.mark.parametrize("decode", [parsed, lean])
    @pytest.mark.parametrize(
        "number", ["1e999", "-1e999", "9" * 400, "9" * 5000, "NaN", "Infinity", "-1", "1e300", "253402300800", "1e18", '"x"', "true", "[]"]
    )
    def test_times_stay_within_the_calendar(self, number: str, decode: Callable[[bytes], Event | None]) -> None:
        found = decode(f'{{"event_type":"x","timestamp":{number},"duration_ms":{number}}}'.encode())
        assert found is not None and 0 <= found.timestamp <= LATEST
        assert found.duration_ms is None or 0 <= found.duration_ms <= LONGEST_MS
        datetime.fromtimestamp(found.timestamp, UTC)
        assert int(found.timestamp * 1e9) < 2**63

    @pytest.mark.parametrize("text", ["\\ud800", "a\\udc00b", "\\ud800\\ud800", "\\udc00\\ud83d\\ude00"])
    def test_halves_of_pairs_are_replaced(self, text: str) -> None:
        found = parsed(f'{{"event_type":"x","data":{{"{text}":["{text}"]}}}}'.encode())
        assert found is not None
        ((key, (value,)),) = found.data.items()
        key.encode(), value.encode()
        assert "\ufffd" in key == value or "\ufffd" in value

    def test_whole_pairs_stay(self) -> None:
        assert whole_text("é \U0001f600") == "é \U0001f600"
        assert parsed(b'{"event_type":"x","data":{"a":"\\ud83d\\ude00","b":NaN}}').data == {"a": "\U0001f600", "b": None}  # type: ignore[union-attr]

    @pytest.mark.parametrize("data", [b'{"cwd":"/a\\u0000b"}', b'{"cwd":"/a\\ud800b"}', b'{"cwd":"/a\\u0000b","n":NaN}'])
    def test_what_comes_of_another_program_can_be_a_path(self, data: bytes) -> None:
        found = foreign_object(data)
        assert found is not None and found["cwd"] == "/a\ufffdb"
        os.path.lexists(found["cwd"])

    @pytest.mark.parametrize(
        ("value", "number"), [(5, 5.0), (-5, 0.0), (10**400, 9.0), (1e300, 9.0), (float("inf"), 9.0), (float("nan"), None), (True, None), ("5", None)]
    )
    def test_numbers_are_taken_in(self, value: object, number: float | None) -> None:
        assert number_in(value, 9.0) == number

    @pytest.mark.parametrize("data", [b"null", b"[]", b"x", b"", b"\xff", b"[" * 5000])
    def test_what_is_no_object_is_none(self, data: bytes) -> None:
        assert object_in(data) is None and foreign_object(data) is None and json_object(data) == {}
