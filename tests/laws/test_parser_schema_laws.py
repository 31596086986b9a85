"""The parser and the published schema accept the same documents: on valid ones, and on ones with something wrong anywhere."""

from __future__ import annotations

from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.model.errors import PolicyError
from gateway.policy.parse import parse_value, schema

VALIDATOR = jsonschema.Draft202012Validator(schema())

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, 0, -1, 1.5, "", " ", "a", "x y", [], [""], ["a"], [None], [1], {}, {"match": "a"}, {"max": 3}, {"a": {}}]
)
ENTRY: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["a", "src/x"]),
    st.fixed_dictionaries(
        {"match": st.just("a")},
        optional={
            "id": st.sampled_from(["x", "", None, 3]),
            "reason": st.sampled_from(["because", "", None, []]),
            "hint": st.sampled_from(["do y", "", None]),
            "mode": st.sampled_from(["observe", "enforce", "other", None, True]),
            "expires": st.sampled_from(["2027-01-31", "", None, 5]),
            "nonsense": st.just(1),
        },
    ),
    ODD,
)


def often(likely: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what belongs there, sometimes anything."""
    return st.one_of(likely, likely, likely, likely, ODD)


def members(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object with some of its known members, seldom with an unknown one."""
    return st.builds(
        lambda found, more: {**found, **more}, st.fixed_dictionaries({}, optional=known), st.sampled_from([{}, {}, {}, {}, {}, {}, {"nonsense": 1}])
    )


LISTS = members(**{name: often(st.lists(ENTRY, max_size=2)) for name in ("allow", "ask", "deny")})
LIMIT = st.one_of(
    st.sampled_from([0, 5, 2.5]), members(max=st.sampled_from([3, -1, "x"]), effect=st.sampled_from(["ask", "deny", "stop", "allow", None])), ODD
)
DOCUMENTS = members(
    version=often(st.just(1)),
    mode=often(st.sampled_from(["enforce", "observe"])),
    default=often(st.sampled_from(["allow", "ask", "deny"])),
    on_opaque=often(st.sampled_from(["allow", "ask", "deny"])),
    files=often(members(read=often(LISTS), write=often(LISTS))),
    commands=often(LISTS),
    network=often(members(deny_all=often(st.booleans()), allow=often(st.lists(st.sampled_from(["localhost"]), max_size=2)))),
    tools=often(LISTS),
    redact=often(
        members(record=often(st.lists(st.sampled_from(["secrets", "pii"]), max_size=2)), forward=often(st.lists(st.just("secrets"), max_size=1)))
    ),
    mask=often(members(record=often(st.lists(st.just("pii"), max_size=1)))),
    limits=often(
        members(
            tool_calls=LIMIT,
            cost_usd=LIMIT,
            loop=often(members(length=st.sampled_from([1, 3, 0, 2.5, None, "x"]), repeats=st.sampled_from([2, 1, None]))),
            per_tool=often(
                st.dictionaries(
                    st.sampled_from(["Bash"]), often(members(calls=st.sampled_from([1, -1, None]), per=st.sampled_from(["1m", None, "soon"])))
                )
            ),
        )
    ),
)


def parsed(document: object) -> str:
    """Return what the parser finds wrong, "" when nothing."""
    try:
        parse_value(document, "p.json")
    except PolicyError as error:
        return str(error)
    return ""


class TestAgreement:
    @settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(DOCUMENTS)
    def test_parser_and_schema_accept_the_same(self, document: object) -> None:
        problem = parsed(document)
        errors = [error.message for error in VALIDATOR.iter_errors(document)]
        assert bool(problem) == bool(errors), (document, problem, errors)

    @settings(max_examples=300, deadline=None)
    @given(
        st.recursive(
            ODD, lambda inner: st.dictionaries(st.sampled_from(["files", "commands", "deny", "x"]), inner, max_size=3) | st.lists(inner, max_size=3)
        )
    )
    def test_on_anything_at_all(self, document: object) -> None:
        assert bool(parsed(document)) == bool(list(VALIDATOR.iter_errors(document)))
