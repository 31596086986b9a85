"""OTLP/JSON is what the project's own messages read."""

from __future__ import annotations

import json

from gateway.exports.otlp import as_json
from gateway.exports.otlp.spans import Span, root_id, trace_id
from tests.exports.otlp.collector import attributes, decoded


def span() -> Span:
    """Return a span with a value of every kind."""
    one = Span("n", root_id("a"), root_id("b"), 5)
    one.attributes = {"s": "ä\ud800", "b": True, "i": 2**53 + 1, "f": 0.5, "l": ["x", "y"]}
    one.events = [("e", 6, {"k": "v"})]
    one.dropped, one.status, one.message = 3, 2, "no"
    return one


class TestJson:
    def test_ids_are_hexadecimal_and_large_numbers_text(self) -> None:
        value = json.loads(as_json.span_json(span(), trace_id("s")))
        assert (value["traceId"], value["spanId"]) == (trace_id("s"), root_id("a"))
        assert value["attributes"][2] == {"key": "i", "value": {"intValue": "9007199254740993"}}

    def test_the_projects_messages_read_it(self) -> None:
        span_in = span()
        span_in.attributes["s"] = "ä"
        request = decoded(as_json.encoded([span_in], trace_id("s"), {"service.name": "x"}, "1"), as_json.CONTENT_TYPE)
        (found,) = request.resource_spans[0].scope_spans[0].spans
        assert attributes(found.attributes) == {"s": "ä", "b": True, "i": 2**53 + 1, "f": 0.5, "l": ["x", "y"]}
        assert (found.span_id.hex(), found.parent_span_id.hex(), found.dropped_events_count) == (root_id("a"), root_id("b"), 3)
        assert (found.status.code, found.status.message, found.events[0].name) == (2, "no", "e")
        assert attributes(request.resource_spans[0].resource.attributes) == {"service.name": "x"}
