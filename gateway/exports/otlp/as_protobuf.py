"""Spans as OTLP/protobuf, with the messages that the OpenTelemetry project publishes. The one importer of them."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from google.protobuf.message import DecodeError  # type: ignore[import-untyped,unused-ignore]
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from gateway.exports.otlp import names
from gateway.exports.otlp.spans import Attributes, Span

CONTENT_TYPE = "application/x-protobuf"
COMMON = frozenset(
    (
        names.OPERATION,
        names.CONVERSATION,
        names.TOOL_NAME,
        names.TOOL_TYPE,
        names.PROVIDER,
        names.REQUEST_MODEL,
        names.RESPONSE_MODEL,
        names.MCP_METHOD,
        names.VERDICT,
        names.WOULD_HAVE,
        names.RULE,
        names.RULE_SOURCE,
        names.REASON,
        names.POLICY_REVISION,
        names.ERROR_TYPE,
    )
)
"""Attributes whose texts come again from span to span."""


def encoded(spans: Iterable[Span], trace: str, resource: Attributes, version: str) -> bytes:
    """Return a whole request; requests one after the other are one request too."""
    request = ExportTraceServiceRequest()
    whole = request.resource_spans.add()
    _fill_attributes(whole.resource.attributes, resource)
    scoped = whole.scope_spans.add()
    scoped.scope.name, scoped.scope.version = names.SCOPE, version
    trace_bytes = bytes.fromhex(trace)
    for span in spans:
        _fill(scoped.spans.add(), span, trace_bytes)
    data: bytes = request.SerializeToString()
    return data


def _fill(message: Any, span: Span, trace: bytes) -> None:
    message.trace_id = trace
    message.span_id = bytes.fromhex(span.id)
    if span.parent:
        message.parent_span_id = bytes.fromhex(span.parent)
    message.name = _text(span.name)
    message.kind = span.kind
    message.start_time_unix_nano = span.start
    message.end_time_unix_nano = span.end
    _fill_attributes(message.attributes, span.attributes)
    for name, at, found in span.events:
        event = message.events.add()
        event.time_unix_nano, event.name = at, _text(name)
        _fill_attributes(event.attributes, found)
    if span.dropped:
        message.dropped_events_count = span.dropped
    if span.status:
        message.status.code = span.status
        message.status.message = _text(span.message)


def _fill_attributes(place: Any, attributes: Attributes) -> None:
    """Put attributes into a message's list; those that come again and again are made once, and copied."""
    place.extend([_common(key, value) for key, value in attributes.items() if key in COMMON])
    for key, value in attributes.items():
        if key not in COMMON:
            item = place.add()
            item.key = key
            if type(value) is str:
                item.value.string_value = _text(value)
            else:
                item.value.CopyFrom(_value(value))


@functools.lru_cache(maxsize=4096)
def _common(key: str, value: str) -> Any:
    return KeyValue(key=key, value=AnyValue(string_value=_text(value)))


def _value(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return AnyValue(string_value=_text(value))
    if kind is bool:
        return AnyValue(bool_value=value)
    if kind is int:
        return AnyValue(int_value=value)
    if kind is float:
        return AnyValue(double_value=value)
    made = AnyValue()
    made.array_value.values.extend(_value(item) for item in value)
    return made


def _text(text: str) -> str:
    """Return a text that UTF-8 can carry: protobuf refuses lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def rejected(body: bytes) -> tuple[int, str]:
    """Return (spans that a collector did not take, why); what cannot be read rejects none."""
    response = ExportTraceServiceResponse()
    try:
        response.ParseFromString(body)
    except DecodeError:
        return 0, ""
    return response.partial_success.rejected_spans, response.partial_success.error_message
