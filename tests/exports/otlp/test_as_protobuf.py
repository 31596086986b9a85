"""Both encodings say the same."""

from __future__ import annotations

from gateway.exports.otlp import as_json, as_protobuf
from gateway.exports.otlp.spans import trace_id
from tests.exports.otlp.collector import attributes, decoded, partial
from tests.exports.otlp.test_as_json import span


class TestProtobuf:
    def test_says_what_json_says(self) -> None:
        one = span()
        one.attributes["s"] = "ä"
        packed = decoded(as_protobuf.encoded([one], trace_id("s"), {"service.name": "x"}, "1"), as_protobuf.CONTENT_TYPE)
        assert packed == decoded(as_json.encoded([one], trace_id("s"), {"service.name": "x"}, "1"), as_json.CONTENT_TYPE)

    def test_text_that_utf_8_cannot_carry_is_replaced(self) -> None:
        packed = decoded(as_protobuf.encoded([span()], trace_id("s"), {}, "1"), as_protobuf.CONTENT_TYPE)
        assert attributes(packed.resource_spans[0].scope_spans[0].spans[0].attributes)["s"] == "ä?"

    def test_requests_one_after_the_other_are_one(self) -> None:
        body = as_protobuf.encoded([span()], trace_id("s"), {}, "1")
        assert len(decoded(body + body, as_protobuf.CONTENT_TYPE).resource_spans) == 2

    def test_partial_success_is_read(self) -> None:
        assert as_protobuf.rejected(partial(3, "too old")) == (3, "too old")
        assert as_protobuf.rejected(b"") == (0, "") == as_protobuf.rejected(b"\xff\xff")
