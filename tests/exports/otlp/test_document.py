"""Documents and requests of one session."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gateway.exports.otlp import document
from gateway.exports.otlp.spans import trace_id
from gateway.model.errors import GatewayError
from tests import stores
from tests.exports.otlp.collector import decoded
from tests.exports.stories import left


class TestDocument:
    def test_is_one_request_in_json(self, tmp_path: Path) -> None:
        request = decoded(b"".join(document.written(left(tmp_path))), "application/json")
        spans = request.resource_spans[0].scope_spans[0].spans
        assert len(spans) == 8 and {span.trace_id.hex() for span in spans} == {trace_id("s")}

    def test_a_subagents_spans_are_in_the_trace_of_who_started_it(self, tmp_path: Path) -> None:
        one = left(tmp_path)
        one.meta["root_session_id"] = "top"
        assert document.trace_of(one) == trace_id("top")

    def test_an_interrupted_one_is_whole(self, tmp_path: Path) -> None:
        asked = iter([False] * 6 + [True])
        assert decoded(b"".join(document.written(left(tmp_path, stopped=lambda: next(asked)))), "application/json")


class TestRequests:
    @pytest.mark.parametrize("protocol", document.PROTOCOLS)
    def test_go_out_in_portions(self, tmp_path: Path, protocol: str) -> None:
        calls = [one for at in range(document.BATCH + 10) for one in (stores.call(at, f"c{at}", "T"), stores.result(at + 0.5, f"c{at}", "T"))]
        found = list(document.requests(left(tmp_path, *calls), protocol))
        assert [spans for _, spans in found] == [document.BATCH, 11]
        module = document.encoder(protocol)
        assert sum(len(decoded(body, module.CONTENT_TYPE).resource_spans[0].scope_spans[0].spans) for body, _ in found) == document.BATCH + 11

    def test_a_missing_library_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "gateway.exports.otlp.as_protobuf", None)
        with pytest.raises(GatewayError, match="http/json"):
            document.encoder("http/protobuf")
