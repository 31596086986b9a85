from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.authoring.diff.languages.hosts import hosts_to_compare
from gateway.evaluation import judge
from gateway.model.action import CONNECT, Action
from tests.builders import call, facts, policy

HOSTS = [
    "localhost",
    "*.a.com",
    "a.com",
    "x.a.com",
    "*.x.a.com",
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.1.2.3",
    "fd00::/8",
    "fd00::1",
    "*",
    "https://a.com:8443",
    "a.com:22",
    "127.0.0.0/8",
]
ENTRY = st.one_of(
    st.sampled_from(HOSTS), st.builds(lambda match, other: {"match": match, "unless": [other]}, st.sampled_from(HOSTS), st.sampled_from(HOSTS))
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "network": st.fixed_dictionaries(
            {}, optional={"deny_all": st.booleans(), **{name: st.lists(ENTRY, max_size=3) for name in ("allow", "ask", "deny")}}
        )
    }
)
TARGETS = st.builds(
    lambda scheme, name, port: f"{scheme}{name}{port}",
    st.sampled_from(["", "https://", "ssh://"]),
    st.sampled_from(
        [
            "a.com",
            "y.a.com",
            "x.a.com",
            "y.x.a.com",
            "b.org",
            "10.1.2.3",
            "10.1.9.9",
            "10.9.9.9",
            "11.0.0.1",
            "[fd00::1]",
            "[fd00::2]",
            "[2001::1]",
            "localhost",
            "127.9.9.9",
        ]
    ),
    st.sampled_from(["", ":22", ":8443", ":9"]),
)


def effect(compiled: dict[str, Any], target: str) -> int:
    return judge(compiled, call(Action(CONNECT, target)), facts()).effect


class TestHosts:
    @settings(max_examples=250, deadline=None)
    @given(DOCUMENTS, DOCUMENTS, st.lists(TARGETS, min_size=1, max_size=15))
    def test_policies_that_agree_on_the_chosen_hosts_agree_on_all(self, one: Any, other: Any, asked: list[str]) -> None:
        old, new = policy(one), policy(other)
        pairs = {(effect(old, target), effect(new, target)) for target in hosts_to_compare(old, new)}
        for target in asked:
            pair = (effect(old, target), effect(new, target))
            assert pair[0] == pair[1] or pair in pairs, target

    def test_nothing_is_compared_when_nothing_changed(self) -> None:
        document = {"network": {"deny_all": True, "allow": ["*.a.com"]}}
        assert list(hosts_to_compare(policy(document), policy(document))) == []
