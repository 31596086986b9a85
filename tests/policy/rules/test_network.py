from __future__ import annotations

import pytest

from gateway.model.action import CONNECT, READ, UNKNOWN, Action
from gateway.model.errors import PolicyError
from gateway.policy.rules import network
from tests.builders import decide, effect, policy, published_schema

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
            ({"deny": [{"match": "*.example", "unless": ["b.example", "a.example"]}]}, "allow"),
            ({"deny": [{"match": "*.example", "unless": ["b.example"]}]}, "deny"),
            ({"deny": [{"match": "*.example", "expires": "2001-01-01"}]}, "allow"),
            ({"allow": [{"match": "*.example", "expires": "2001-01-01"}]}, "deny"),
            ({"allow": []}, "allow"),
            ({"deny": ["b.example", "a.example"], "ask": ["*.example"]}, "deny"),
        ],
    )
    def test_sections(self, section: dict[str, object], want: str) -> None:
        assert effect({"network": section}, Action(CONNECT, "https://a.example/")) == want


def test_a_host_that_is_only_known_later_is_excepted_by_nothing() -> None:
    document = {"network": {"deny": [{"match": "*.example.com", "unless": ["*.example.com"]}]}}
    assert effect(document, Action(CONNECT, f"{UNKNOWN}.example.com")) == "ask"


def test_the_schema_is_the_published_one() -> None:
    assert network.schema() == published_schema(network.KEY)


@pytest.mark.parametrize(
    ("section", "target", "want"),
    [
        ({"deny": ["a.example"]}, f"{UNKNOWN}.example", "ask"),
        ({"deny": ["a.example"]}, f"{UNKNOWN}.org", "allow"),
        ({"ask": ["a.example"]}, f"a.{UNKNOWN}", "ask"),
        ({"allow": ["a.example"]}, f"{UNKNOWN}.example", "ask"),
        ({"allow": ["a.example"]}, f"{UNKNOWN}.org", "deny"),
        ({"allow": [{"match": "a.example", "expires": "2001-01-01"}]}, f"{UNKNOWN}.example", "deny"),
        ({"deny": [{"match": "a.example", "expires": "2001-01-01"}]}, f"{UNKNOWN}.example", "allow"),
    ],
)
def test_a_host_of_which_a_part_is_known(section: dict[str, object], target: str, want: str) -> None:
    assert effect({"network": section}, Action(CONNECT, target)) == want


@pytest.mark.parametrize(
    ("section", "target", "rule", "text"),
    [
        ({"deny_all": True}, "a.example", "network.deny_all", "not in network.allow"),
        ({"allow": ["b.example"]}, "a.example", "network.allow", "not in network.allow"),
        ({"allow": ["b.example"], "deny_all": True}, "b.example", "network.allow[0]", "is allowed by"),
        ({"deny_all": True}, "a b", "network", "character in the host"),
        ({"deny_all": True}, "", "network", "no host in it"),
        ({"ask": ["a.example"]}, UNKNOWN, "network.ask", "only known when it runs"),
        ({"deny_all": True, "allow": ["a.example"]}, UNKNOWN, "network.deny_all", "only known when it runs"),
    ],
)
def test_says_which_rule_and_where_it_stands(section: dict[str, object], target: str, rule: str, text: str) -> None:
    reason = next(one for one in decide({"network": section}, Action(CONNECT, target)).reasons if one.rule == rule)
    assert text in reason.text and reason.source.startswith("doc0.json") and reason.action == 0


def test_under_observe_what_is_no_host_and_what_is_not_listed_only_shadow() -> None:
    document = {"mode": "observe", "network": {"deny_all": True}}
    assert [decide(document, Action(CONNECT, target)).verdict for target in ("a b", "a.example")] == ["allow", "allow"]


@pytest.mark.parametrize("entry", ["http://a/b", {"match": "*.example", "unless": ["a/b"]}])
def test_refuses_what_names_no_host(entry: object) -> None:
    with pytest.raises(PolicyError, match="not a host"):
        policy({"network": {"deny": [entry]}})


def test_only_connections_are_judged() -> None:
    assert effect({"network": {"deny_all": True}}, Action(READ, "a.example")) == "allow"
