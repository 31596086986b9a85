"""What an error or a result has a client do, wherever it stands in it; what is only said is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.doors.mcp.session.demands import in_error, in_result

ASKED = {"mode": "url", "url": "https://a.example"}


class TestInError:
    @pytest.mark.parametrize(
        ("error", "urls"),
        [
            ({"code": -32042, "data": {"elicitations": [ASKED]}}, ["https://a.example"]),
            ({"code": -32042.0, "data": {"elicitations": [ASKED, {"url": 5}]}}, [5, "https://a.example"]),
            ({"code": "-32042", "data": {"x": [[{"URL": "u"}]]}}, ["u"]),
            ({"Code": -32042, "data": {"url": "u"}}, ["u"]),
            ({"code": 7, "data": {"elicitations": [ASKED]}}, ["https://a.example"]),
            ({"code": -32042, "url": "u"}, ["u"]),
            ({"code": -32042, "message": "https://a.example", "data": "https://a.example"}, []),
            ({"code": -32602, "data": {"url": "u"}}, []),
            ({}, []),
            ("text", []),
            (None, []),
        ],
    )
    def test_urls_to_be_opened(self, error: object, urls: list[object]) -> None:
        found = in_error(error)
        assert [params["url"] for _, params in found] == urls
        assert all(method == "elicitation/create" and params["mode"] == "url" for method, params in found)


class TestInResult:
    @pytest.mark.parametrize(
        ("result", "methods"),
        [
            (
                {"inputRequests": {"a": {"method": "elicitation/create", "params": ASKED}, "b": {"method": "roots/list"}}},
                ["elicitation/create", "roots/list"],
            ),
            ({"inputRequests": [{"method": "sampling/createMessage", "params": 5}]}, ["sampling/createMessage"]),
            ({"task": {"inputRequests": {"a": {"method": "x"}}}}, ["x"]),
            ({"error": {"code": -32042, "data": {"elicitations": [ASKED]}}}, ["elicitation/create"]),
            ({"content": [{"type": "text", "text": "-32042"}], "structuredContent": {"code": -32042, "url": "u"}}, []),
            ({"inputRequests": {"a": 5, "b": {"method": 5}}}, []),
            ({"inputRequests": "x", "task": 5, "error": "text"}, []),
            (None, []),
        ],
    )
    def test_what_is_wanted(self, result: Any, methods: list[str]) -> None:
        assert [method for method, _ in in_result(result)] == methods
