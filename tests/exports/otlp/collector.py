"""A collector on the loopback interface that decodes what it gets with the OpenTelemetry project's own messages."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest, ExportTraceServiceResponse


def decoded(body: bytes, content_type: str) -> ExportTraceServiceRequest:
    """Return a request from either encoding; OTLP/JSON has hexadecimal ids where protobuf's JSON has base64."""
    request = ExportTraceServiceRequest()
    if content_type == "application/x-protobuf":
        request.ParseFromString(body)
        return request
    import base64
    import json

    value = json.loads(body)
    for whole in value["resourceSpans"]:
        for scoped in whole["scopeSpans"]:
            for span in scoped["spans"]:
                for key in ("traceId", "spanId", "parentSpanId"):
                    if key in span:
                        span[key] = base64.b64encode(bytes.fromhex(span[key])).decode()
    return json_format.ParseDict(value, request, ignore_unknown_fields=False)


class Collector:
    """Takes requests; `answers` are given one after the other, then only 200.

    An answer is (status, headers, body).
    """

    def __init__(self, *answers: tuple[int, dict[str, str], bytes]) -> None:
        self.answers = list(answers)
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append((self.path, {key.lower(): value for key, value in self.headers.items()}, body))
                status, headers, answer = outer.answers.pop(0) if outer.answers else (200, {}, b"")
                self.send_response(status)
                for key, value in {"Content-Length": str(len(answer)), **headers}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *about: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *about: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def decoded(self) -> list[ExportTraceServiceRequest]:
        """Return what came, decoded."""
        return [decoded(gzip.decompress(body), headers["content-type"]) for _, headers, body in self.requests]

    def spans(self) -> list[Any]:
        """Return every span that came."""
        return [span for one in self.decoded() for whole in one.resource_spans for scoped in whole.scope_spans for span in scoped.spans]


def partial(rejected: int, why: str) -> bytes:
    """Return an answer that takes part of a request, in protobuf."""
    response = ExportTraceServiceResponse()
    response.partial_success.rejected_spans = rejected
    response.partial_success.error_message = why
    return response.SerializeToString()


def attributes(found: Any) -> dict[str, Any]:
    """Return attributes as plain values."""
    values = {}
    for one in found:
        kind = one.value.WhichOneof("value")
        value = getattr(one.value, kind)
        values[one.key] = [item.string_value for item in value.values] if kind == "array_value" else value
    return values
