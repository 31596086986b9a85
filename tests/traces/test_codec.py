"""From values to JSON data and back: the two directions are a law."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.model.action import VERBS, Action
from gateway.model.decision import Decision, Grant, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.facts import Facts
from gateway.traces.codec import action_data, action_from, decision_data, decision_from, facts_data, facts_from

TEXT = st.text(max_size=8)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
LOOKS = st.dictionaries(TEXT, st.tuples(TEXTS, st.booleans()), max_size=3)
EFFECTS = st.sampled_from([ALLOW, ASK, DENY])
ACTIONS = st.builds(
    lambda verb, target, opaque, carries, words, how, base, via: Action(
        verb, target, opaque=opaque, carries=carries, words=words, how=how, base=base, via=via
    ),
    *(st.sampled_from(VERBS), TEXT, TEXT, TEXTS, TEXTS, TEXTS, TEXT, st.integers(-1, 9)),
)
FACTS = st.builds(
    lambda now, project, home, real, globs, trees, folded: Facts(
        now=now, project="/" + project, home="/" + home, real=real, globs=globs, trees=trees, folded=folded
    ),
    *(st.floats(0, 1e10), TEXT, TEXT, st.dictionaries(TEXT, TEXT, max_size=3), LOOKS, LOOKS, st.booleans()),
)
REASONS = st.builds(
    lambda effect, rule, text, source, hint, action, shadow: Reason(effect, rule, text, source=source, hint=hint, action=action, shadow=shadow),
    *(EFFECTS, TEXT, TEXT, TEXT, TEXT, st.integers(-1, 9), st.booleans()),
)
GRANTS = st.builds(
    lambda by, at, expires, digest, key, seal: Grant(by, at=at, expires=expires, digest=digest, key=key, seal=seal),
    *(TEXT, st.floats(0, 1e10), st.floats(0, 1e10), TEXT, TEXT, TEXT),
)
DECISIONS = st.builds(
    lambda effect, reasons, shadow, revision, sensitive, grant: Decision(
        effect, tuple(reasons), shadow=shadow, revision=revision, sensitive=sensitive, grant=grant
    ),
    *(EFFECTS, st.lists(REASONS, min_size=1, max_size=3), EFFECTS, TEXT, TEXTS, st.none() | GRANTS),
)


def through_json(data: Any) -> Any:
    return json.loads(json.dumps(data))


class TestRoundTrip:
    @settings(max_examples=150, deadline=None)
    @given(ACTIONS)
    def test_actions(self, action: Action) -> None:
        assert action_from(through_json(action_data(action))) == action

    @settings(max_examples=150, deadline=None)
    @given(FACTS)
    def test_facts(self, facts: Facts) -> None:
        assert facts_from(through_json(facts_data(facts))) == facts

    @settings(max_examples=150, deadline=None)
    @given(DECISIONS)
    def test_decisions(self, decision: Decision) -> None:
        assert decision_from(through_json(decision_data(decision))) == decision


class TestTolerance:
    @pytest.mark.parametrize(
        "odd", [{}, {"verb": 1, "via": "x", "how": 3, "words": [1, "a"]}, {"real": [], "globs": {"a": 1}, "now": "x"}, {"reasons": [1, {}]}]
    )
    def test_odd_data_is_read_as_far_as_it_goes(self, odd: dict[str, Any]) -> None:
        action_from(odd)
        facts_from(odd)
        assert decision_from(odd) is None

    def test_a_decision_without_reasons_says_so(self) -> None:
        found = decision_from({"effect": "deny"})
        assert found is not None and found.reasons[0].text == "no reason was recorded"
