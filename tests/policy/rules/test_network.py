from __future__ import annotations

import pytest

from gateway.model.action import CONNECT, UNKNOWN, Action
from tests.builders import effect

CLOSED = {"network": {"deny_all": True, "allow": ["localhost", "*.example.com"]}}


class TestNetwork:
    @pytest.mark.parametrize(
        ("target", "want"),
        [
            ("http://localhost:9200/", "allow"),
            ("http://127.0.0.1/", "allow"),
            ("https://a.example.com/", "allow"),
            ("https://evil.example/", "deny"),
            ("https://localhost:x@evil.example/p", "deny"),
            ("https://evil.org?.example.com", "deny"),
            ("https://evil.org\\.example.com", "deny"),
            ("http://evil\x01.example.com", "deny"),
            ("web-search", "deny"),
            (f"https://{UNKNOWN}.example.com/", "ask"),
            (f"https://{UNKNOWN}.evil.example/", "deny"),
            (UNKNOWN, "ask"),
            ("", "deny"),
        ],
    )
    def test_closed(self, target: str, want: str) -> None:
        assert effect(CLOSED, Action(CONNECT, target)) == want

    @pytest.mark.parametrize(("host", "want"), [("b.example.com", "allow"), ("a.example.com", "deny"), ("x.a.example.com", "allow")])
    @pytest.mark.parametrize("closed", [{"deny_all": True}, {}])
    def test_an_exception_of_an_allow_entry_is_not_allowed(self, host: str, want: str, closed: dict[str, bool]) -> None:
        document = {"network": {**closed, "allow": [{"match": "*.example.com", "unless": ["a.example.com"]}]}}
        assert effect(document, Action(CONNECT, f"https://{host}/")) == want

    @pytest.mark.parametrize(
        ("section", "want"),
        [
            ({}, "allow"),
            ({"deny_all": True}, "deny"),
            ({"deny_all": False}, "allow"),
            ({"allow": ["other.example"]}, "deny"),
            ({"deny_all": False, "allow": ["other.example"]}, "allow"),
            ({"deny": ["*.example"]}, "deny"),
            ({"ask": ["a.example"]}, "ask"),
            ({"deny": [{"match": "*.example", "unless": ["a.example"]}]}, "allow"),
        ],
    )
    def test_sections(self, section: dict[str, object], want: str) -> None:
        assert effect({"network": section}, Action(CONNECT, "https://a.example/")) == want


def test_a_host_that_is_only_known_later_is_excepted_by_nothing() -> None:
    document = {"network": {"deny": [{"match": "*.example.com", "unless": ["*.example.com"]}]}}
    assert effect(document, Action(CONNECT, f"{UNKNOWN}.example.com")) == "ask"
