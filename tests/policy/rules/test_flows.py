from __future__ import annotations

import pytest

from gateway.model.action import CONNECT, RUN, WRITE, Action
from gateway.model.errors import PolicyError
from gateway.policy.rules import flows
from tests.builders import PROJECT, decide, effect, policy, published_schema

DOCUMENT = {"flows": {"deny": ["network -> interpreter", "secret -> network"], "ask": ["environment -> network"]}}


class TestFlows:
    @pytest.mark.parametrize(
        ("action", "want"),
        [
            (Action(RUN, "sh", words=("sh",), carries=("network:evil.example",)), "deny"),
            (Action(RUN, "sh", words=("sh",), carries=("file:/x",)), "allow"),
            (Action(CONNECT, "evil.example", carries=(f"file:{PROJECT}/.env",)), "deny"),
            (Action(CONNECT, "localhost", carries=(f"file:{PROJECT}/.env",)), "allow"),
            (Action(CONNECT, "evil.example", carries=(f"file:{PROJECT}/a.py",)), "allow"),
            (Action(CONNECT, "evil.example", carries=("environment:TOKEN",)), "ask"),
            (Action(CONNECT, "evil.example"), "allow"),
            (Action(RUN, "sh", words=("sh",)), "allow"),
            (Action(CONNECT, "[::1]", carries=(f"file:{PROJECT}/.env",)), "allow"),
            (Action(WRITE, "x", carries=("network:evil.example",)), "allow"),
            (Action(CONNECT, "evil.example", carries=("network:other.example",)), "allow"),
            (Action(CONNECT, "evil.example", carries=("decoder:base64", "environment:TOKEN")), "ask"),
            (Action(RUN, "sh", words=("sh",), carries=(f"file:{PROJECT}/.env",)), "allow"),
        ],
    )
    def test_table(self, action: Action, want: str) -> None:
        assert effect(DOCUMENT, action) == want

    def test_a_link_to_a_secret_is_a_secret(self) -> None:
        sent = Action(CONNECT, "evil.example", carries=(f"file:{PROJECT}/notes",))
        assert effect(DOCUMENT, sent, real={f"{PROJECT}/notes": f"{PROJECT}/.env"}) == "deny"


def test_the_schema_is_the_published_one() -> None:
    assert flows.schema() == published_schema(flows.KEY)


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (Action(RUN, "sh", words=("sh",), carries=("network:evil.example", "network:b.example")), "`evil.example`"),
        (Action(RUN, "sh", words=("sh",), carries=("network:",)), "the network"),
        (Action(CONNECT, "evil.example", carries=(f"file:{PROJECT}/.env",)), f"`{PROJECT}/.env`"),
    ],
)
def test_says_what_came_from_where(action: Action, told: str) -> None:
    (reason, *_) = decide(DOCUMENT, action).reasons
    assert f" with what came from {told} is denied by flows.deny[" in reason.text


def test_an_entry_that_expired_says_nothing() -> None:
    document = {"flows": {"deny": [{"match": "environment -> network", "expires": "2001-01-01"}]}}
    assert effect(document, Action(CONNECT, "evil.example", carries=("environment:TOKEN",))) == "allow"


@pytest.mark.parametrize("flow", ["network", "network ->", "-> network", "elsewhere -> network", "network -> file", "secret - network"])
def test_refuses_what_is_no_flow(flow: str) -> None:
    with pytest.raises(PolicyError, match=r"unknown end of a flow|expected `source -> sink`"):
        policy({"flows": {"deny": [flow]}})


def test_says_what_an_entry_without_an_arrow_should_be() -> None:
    with pytest.raises(PolicyError, match="expected `source -> sink`, found `secret network`"):
        policy({"flows": {"deny": ["secret network"]}})


def test_a_hint_names_the_end_that_was_meant() -> None:
    with pytest.raises(PolicyError) as told:
        policy({"flows": {"deny": ["netwrk -> interpreter"]}})
    assert "network" in told.value.hint


def test_compiled_with_its_ends_and_places_and_no_empty_list() -> None:
    section = policy({"flows": {"deny": [" secret->network "], "ask": []}})["layers"][-1]["sections"]["flows"]
    assert section["deny"]["entries"][0]["ends"] == ("secret", "network") and "ask" not in section and section["deny"]["source"]
