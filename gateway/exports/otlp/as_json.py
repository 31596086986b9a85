"""Spans as OTLP/JSON: ids in hexadecimal, 64-bit integers as text, enums as numbers (opentelemetry.io/docs/specs/otlp).
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gateway.exports.otlp import names
from gateway.exports.otlp.spans import Attributes, Span
from gateway.traces.decode import encoded as json_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

CONTENT_TYPE = "application/json"


def head(resource: Attributes, version: str) -> bytes:
    """Return the text before the spans."""
    described = json_of({"attributes": _attributes(resource)})
    scope = json_of({"name": names.SCOPE, "version": version})
    return b'{"resourceSpans":[{"resource":' + described + b',"scopeSpans":[{"scope":' + scope + b',"spans":['


TAIL = b"]}]}]}\n"
"""The text after the spans."""


def encoded(spans: Iterable[Span], trace: str, resource: Attributes, version: str) -> bytes:
    """Return a whole request."""
    return head(resource, version) + b",".join(span_json(span, trace) for span in spans) + TAIL


def span_json(span: Span, trace: str) -> bytes:
    """Return one span."""
    value: JsonObject = {"traceId": trace, "spanId": span.id}
    if span.parent:
        value["parentSpanId"] = span.parent
    value |= {
        "name": span.name,
        "kind": span.kind,
        "startTimeUnixNano": str(span.start),
        "endTimeUnixNano": str(span.end),
        "attributes": _attributes(span.attributes),
    }
    if span.events:
        value["events"] = [
            {"timeUnixNano": str(at), "name": name, "attributes": _attributes(found)} for name, at, found in span.events
        ]
    if span.dropped:
        value["droppedEventsCount"] = span.dropped
    if span.status:
        value["status"] = {"code": span.status, **({"message": span.message} if span.message else {})}
    return json_of(value)


def _attributes(attributes: Attributes) -> list[JsonObject]:
    return [{"key": key, "value": _value(value)} for key, value in attributes.items()]


def _value(value: Any) -> JsonObject:
    kind = type(value)
    if kind is str:
        return {"stringValue": value}
    if kind is bool:
        return {"boolValue": value}
    if kind is int:
        return {"intValue": str(value)}
    if kind is float:
        return {"doubleValue": value}
    return {"arrayValue": {"values": [_value(item) for item in value]}}


def rejected(body: bytes) -> tuple[int, str]:
    """Return (spans that a collector did not take, why): an answer that is no JSON object tells of none."""
    return 0, ""
