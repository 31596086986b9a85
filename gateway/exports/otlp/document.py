"""A session's spans written out: one OTLP/JSON document, or the same in protobuf."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from gateway import __version__
from gateway.exports.otlp import as_json
from gateway.exports.otlp.spans import Span, resource, spans_of, trace_id
from gateway.exports.session_stream import Leaving
from gateway.model.errors import GatewayError

BATCH = 512
"""Spans of one request."""
PROTOCOLS = {"http/json": "as_json", "http/protobuf": "as_protobuf"}
"""OTLP's names of its encodings -> the module that writes each."""


def written(leaving: Leaving) -> Iterator[bytes]:
    """Yield one OTLP/JSON document, span by span."""
    trace = trace_of(leaving)
    between = as_json.head(resource(leaving.meta, leaving.service, __version__), __version__)
    for span in spans_of(leaving.events(), leaving.session, leaving.meta, content=leaving.content):
        yield between + as_json.span_json(span, trace)
        between = b","
    yield as_json.TAIL


def trace_of(leaving: Leaving) -> str:
    """Return the trace that a session's spans belong to: of the session that started it all, where that is known."""
    return trace_id(str(leaving.meta.get("root_session_id") or leaving.session))


def encoder(protocol: str) -> Any:
    """Return the module that writes requests. Raises GatewayError when its library is missing."""
    try:
        return importlib.import_module(f"gateway.exports.otlp.{PROTOCOLS[protocol]}")
    except ImportError as error:
        raise GatewayError(
            f"{protocol} needs a library that is missing ({error.name})",
            "install `opentelemetry-proto`, or use http/json",
        ) from None


def batches(leaving: Leaving) -> Iterator[list[Span]]:
    """Yield the spans of a session in the portions that are sent at once."""
    spans = spans_of(leaving.events(), leaving.session, leaving.meta, content=leaving.content)
    while batch := list(islice(spans, BATCH)):
        yield batch


def requests(leaving: Leaving, protocol: str) -> Iterator[tuple[bytes, int]]:
    """Yield (a request's body, spans in it)."""
    module = encoder(protocol)
    trace, about = trace_of(leaving), resource(leaving.meta, leaving.service, __version__)
    for batch in batches(leaving):
        yield module.encoded(batch, trace, about, __version__), len(batch)
