from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.authoring.diff.languages.tools import tools_to_compare
from gateway.evaluation import judge
from gateway.model.action import USE, Action
from tests.builders import call, facts, policy

NAMES = st.sampled_from(["Read", "read", "R*", "mcp__a__*", "mcp__a__get_b", "*b", "[RW]*", "*", "mcp__*__get_*"])
LISTS = st.fixed_dictionaries({}, optional={name: st.lists(NAMES, max_size=3) for name in ("allow", "ask", "deny")})
INNER = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(["get_*", "get_b", "B"]), max_size=2) for name in ("allow", "ask", "deny")}
)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "tools": LISTS,
        "mcp": st.builds(lambda lists: {"servers": {"a": {"tools": lists}}}, INNER),
        "default": st.sampled_from(["allow", "deny"]),
    },
)
ASKED = st.lists(st.sampled_from(["Read", "READ", "Write", "mcp__a__get_b", "mcp__a__get_c", "mcp__a__b", "mcp__b__get_b", "x"]), min_size=1)


def effect(compiled: dict[str, Any], tool: str) -> int:
    return judge(compiled, call(Action(USE, tool), tool=tool), facts()).effect


class TestTools:
    @settings(max_examples=250, deadline=None)
    @given(DOCUMENTS, DOCUMENTS, ASKED)
    def test_policies_that_agree_on_the_chosen_names_agree_on_all(self, one: Any, other: Any, asked: list[str]) -> None:
        old, new = policy(one), policy(other)
        pairs = {(effect(old, tool), effect(new, tool)) for tool in tools_to_compare(old, new)}
        for tool in asked:
            pair = (effect(old, tool), effect(new, tool))
            assert pair[0] == pair[1] or pair in pairs, tool

    def test_nothing_is_compared_when_nothing_changed(self) -> None:
        assert list(tools_to_compare(policy({"tools": {"deny": ["a*"]}}), policy({"tools": {"deny": ["a*"]}}))) == []
