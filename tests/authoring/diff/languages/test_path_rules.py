from __future__ import annotations

import pytest

from gateway.authoring.diff.languages.path_patterns import ALWAYS, INSIDE, OUTSIDE, Ground
from gateway.authoring.diff.languages.path_rules import Outcome, PathRule, Patterns, holds, path_policy
from gateway.model.effects import ALLOW, ASK, DENY
from tests.builders import policy

GROUND = Ground("/p", "/h")


class TestOutcome:
    @pytest.mark.parametrize(
        ("document", "said", "want"),
        [
            ({"files": {"read": {"deny": ["a"]}}}, ["files.read.deny[0]"], Outcome(DENY, DENY, "files.read.deny[0]")),
            ({"files": {"read": {"deny": ["a"]}}}, [], Outcome(ALLOW, ALLOW)),
            ({"files": {"read": {"allow": ["a"]}}}, [], Outcome(DENY, DENY, "files.read.allow")),
            ({"files": {"read": {"allow": ["a"]}}}, ["files.read.allow[0]"], Outcome(ALLOW, ALLOW, "files.read.allow[0]")),
            (
                {"files": {"read": {"ask": ["a"], "deny": [{"match": "a", "mode": "observe"}]}}},
                ["files.read.ask[0]", "files.read.deny[0]"],
                Outcome(ASK, DENY, "files.read.ask[0]"),
            ),
            ({"default": "ask"}, [], Outcome(ASK, ASK, "default")),
            ({"mode": "observe", "default": "deny"}, [], Outcome(ALLOW, DENY, "default")),
        ],
    )
    def test_the_strictest_that_speaks(self, document: object, said: list[str], want: Outcome) -> None:
        compiled = path_policy(policy(document), ("read",), Patterns(), GROUND, 0.0)
        assert compiled.outcome([rule for rule in compiled.rules if rule.name in said]) == want


class TestRules:
    def test_an_expired_entry_is_no_rule(self) -> None:
        document = {"files": {"read": {"deny": [{"match": "a", "expires": "2001-01-01"}, "b"]}}}
        assert [rule.name for rule in path_policy(policy(document), ("read",), Patterns(), GROUND, 2e9).rules] == ["files.read.deny[1]"]

    def test_names_do_not_count_when_rules_are_compared(self) -> None:
        rule = PathRule(0, "read", DENY, False, frozenset(), frozenset(), name="a")
        assert rule == PathRule(0, "read", DENY, False, frozenset(), frozenset(), name="b")

    def test_where_a_pattern_holds(self) -> None:
        assert [holds(where, inside=True) for where in (ALWAYS, INSIDE, OUTSIDE)] == [True, True, False]
        assert [holds(where, inside=False) for where in (ALWAYS, INSIDE, OUTSIDE)] == [True, False, True]
