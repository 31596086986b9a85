"""The way to a collector, with a real one on the loopback interface."""

from __future__ import annotations

import base64
import gzip
import socket
import ssl
import urllib.error

import pytest

from gateway.exports.otlp import as_protobuf
from gateway.exports.otlp.sending import TRIES, Collector, headers_of, retry_after, url_of
from gateway.model.errors import GatewayError
from tests.exports.otlp import collector as loopback


def send(receiver: loopback.Collector, **headers: str) -> tuple[Collector, list[float]]:
    """Send one request of three spans; return the sender and how long it waited between its tries."""
    waits: list[float] = []
    sender = Collector(receiver.endpoint, headers, as_protobuf.CONTENT_TYPE, wait=waits.append)
    sender.send(b"body", 3, as_protobuf.rejected)
    return sender, waits


class TestSend:
    def test_arrives_packed_with_its_headers(self) -> None:
        with loopback.Collector() as receiver:
            sender, _ = send(receiver, **{"x-honeycomb-team": "k"})
            ((path, headers, body),) = receiver.requests
        assert (path, headers["content-encoding"], headers["x-honeycomb-team"], gzip.decompress(body)) == ("/v1/traces", "gzip", "k", b"body")
        assert headers["content-type"] == "application/x-protobuf" and (sender.sent.spans, sender.sent.requests) == (3, 1)

    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_is_tried_again_when_the_protocol_says_so(self, status: int) -> None:
        with loopback.Collector((status, {}, b""), (status, {"Retry-After": "7"}, b"")) as receiver:
            sender, waits = send(receiver)
        assert len(receiver.requests) == 3 and 0.5 <= waits[0] <= 1.5 and waits[1] == 7.0
        assert (sender.sent.retries, sender.sent.spans) == (2, 3)

    def test_a_collector_cannot_make_us_wait_forever(self) -> None:
        with loopback.Collector((503, {"Retry-After": "86400"}, b"")) as receiver:
            assert send(receiver)[1] == [60.0]

    @pytest.mark.parametrize("status", [400, 401, 404, 413, 500, 501])
    def test_is_not_tried_again_otherwise(self, status: int) -> None:
        with loopback.Collector((status, {}, b"bad key")) as receiver, pytest.raises(GatewayError, match=rf"answered {status}: bad key"):
            send(receiver)
        assert len(receiver.requests) == 1

    def test_gives_up(self) -> None:
        with loopback.Collector(*[(503, {}, b"")] * TRIES) as receiver, pytest.raises(GatewayError, match="answered 503"):
            send(receiver)
        assert len(receiver.requests) == TRIES

    def test_follows_no_redirect_with_its_key(self) -> None:
        with loopback.Collector() as other, loopback.Collector((307, {"Location": "/elsewhere"}, b"")) as receiver:
            with pytest.raises(GatewayError, match="answered 307"):
                send(receiver, key="k")
            assert not other.requests and len(receiver.requests) == 1

    def test_nobody_there_is_said(self) -> None:
        with loopback.Collector() as receiver:
            endpoint = receiver.endpoint
        sender = Collector(endpoint, {}, "x", wait=lambda seconds: None)
        with pytest.raises(GatewayError, match="cannot be reached"):
            sender.send(b"", 1, as_protobuf.rejected)

    @pytest.mark.parametrize("answer", [loopback.partial(2, "too old"), b'{"partialSuccess":{"rejectedSpans":"2","errorMessage":"too old"}}'])
    def test_partial_success_is_counted_and_not_sent_again(self, answer: bytes) -> None:
        with loopback.Collector((200, {}, answer)) as receiver:
            sender, _ = send(receiver)
        assert (sender.sent.rejected, sender.sent.spans, sender.sent.problems, len(receiver.requests)) == (2, 1, ["too old"], 1)


class TestNames:
    @pytest.mark.parametrize(
        ("endpoint", "url"),
        [
            ("http://localhost:4318", "http://localhost:4318/v1/traces"),
            ("https://api.honeycomb.io/", "https://api.honeycomb.io/v1/traces"),
            ("http://h/otlp/v1/traces", "http://h/otlp/v1/traces"),
        ],
    )
    def test_url(self, endpoint: str, url: str) -> None:
        assert url_of(endpoint) == url

    @pytest.mark.parametrize(
        "endpoint",
        [
            *("localhost:4318", "ftp://h", "file:///etc/passwd", "http://", "http://127.0.0.1:abc", "http://h:99999", "http://h:0", "http://h:-1"),
            *("http://[::1", "http://a b/", "http://h\n.example", "http://" + "x" * 64 + ".example", "http://.example", "http://u:Sesame@h:abc"),
        ],
    )
    def test_no_url(self, endpoint: str) -> None:
        with pytest.raises(GatewayError) as caught:
            url_of(endpoint)
        assert "Sesame" not in str(caught.value)

    def test_credentials_are_sent_and_not_shown(self) -> None:
        collector = Collector("http://us%20er:Sesame@127.0.0.1:1/x?key=Sesame", {}, "a/b", wait=lambda seconds: None)
        assert collector.headers["Authorization"] == "Basic " + base64.b64encode(b"us er:Sesame").decode()
        assert "@" not in collector.url and "Sesame" not in collector.shown
        with pytest.raises(GatewayError) as caught:
            collector.send(b"", 1, lambda answer: (0, ""))
        assert "Sesame" not in str(caught.value)

    def test_a_header_that_was_given_comes_before(self) -> None:
        assert Collector("http://u:p@h", {"Authorization": "Bearer x"}, "a/b").headers["Authorization"] == "Bearer x"

    @pytest.mark.parametrize(
        ("why", "tries"),
        [
            (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), 1),
            (socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), TRIES),
            (ssl.SSLCertVerificationError("self-signed"), 1),
            (ConnectionRefusedError(111, "Connection refused"), TRIES),
        ],
        ids=str,
    )
    def test_what_can_never_work_is_tried_once(self, why: OSError, tries: int, monkeypatch: pytest.MonkeyPatch) -> None:
        tried: list[object] = []

        def fail(*given: object, **named: object) -> None:
            tried.append(given)
            raise urllib.error.URLError(why)

        collector = Collector("http://h", {}, "a/b", wait=lambda seconds: None)
        monkeypatch.setattr(collector._opener, "open", fail)
        with pytest.raises(GatewayError, match="cannot be reached"):
            collector.send(b"", 1, lambda answer: (0, ""))
        assert len(tried) == tries

    def test_headers(self) -> None:
        assert headers_of(["DD-API-KEY: a:b", "x:y"]) == {"DD-API-KEY": "a:b", "x": "y"}
        for bad in ("novalue", ": x", "a: b\r\nc: d"):
            with pytest.raises(GatewayError):
                headers_of([bad])

    @pytest.mark.parametrize(
        ("value", "expected"),
        [("7", 7.0), ("Thu, 01 Jan 1970 00:01:40 GMT", 90.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("soon", None), (None, None)],
    )
    def test_retry_after(self, value: str | None, expected: float | None) -> None:
        assert retry_after(value, now=10.0) == expected
