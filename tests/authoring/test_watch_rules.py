from __future__ import annotations

import pytest

from gateway.authoring.watch_rules import loop_of, rules_in
from gateway.model.errors import PolicyError


class TestRules:
    @pytest.mark.parametrize("source", ["r.json", "r.yaml"])
    def test_our_own_form(self, source: str) -> None:
        text = '{"limits": {"tool_calls": 5, "cost_usd": {"max": 2, "effect": "stop"}}, "on_violation": "pause", "alert": {"file": "a.log", "webhook": "https://x"}}'
        rules = rules_in(text, source)
        assert [(limit["name"], limit["max"], limit["stop"]) for limit in rules.limits] == [("tool_calls", 5, False), ("cost_usd", 2, True)]
        assert (rules.action, rules.file, rules.webhook) == ("pause", "a.log", "https://x")

    def test_yaml(self) -> None:
        assert rules_in("limits:\n  duration: 30m\n", "r.yaml").limits[0]["max"] == 1800

    def test_a_configuration_of_the_published_tool(self) -> None:
        text = """{"watchers": {"retry": {"max": 4, "alert": "kill"}, "cost": {"max_dollars": 3}, "duration": {"max_minutes": 2}, "loop": {"threshold": 5, "window": 10}},
                   "webhook": {"url": "https://x"}, "max_context_pct": 80, "operation_rules": []}"""
        rules = rules_in(text, "w.json")
        assert {limit["name"]: limit["max"] for limit in rules.limits} == {"retries": 4, "cost_usd": 3, "duration": 120, "loop": 5, "context_pct": 80}
        assert rules.webhook == "https://x" and rules.ignored == ("operation_rules",)

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ('{"limit": {}}', "did you mean `limits`"),
            ('{"limits": {"tool_calls": "many"}}', "expected a number"),
            ('{"on_violation": "explode"}', "expected one of"),
            ('{"watchers": {"cost": {"max_dollars": -1}}}', "not negative"),
            ("[1]", "expected an object"),
            ("{", "expected"),
        ],
    )
    def test_what_cannot_be_understood_is_an_error(self, text: str, problem: str) -> None:
        with pytest.raises(PolicyError, match=problem):
            rules_in(text, "w.json")


class TestLoop:
    def test_spelled(self) -> None:
        assert loop_of("3x4") == {"length": 3, "repeats": 4}

    @pytest.mark.parametrize("text", ["", "3", "x", "3x", "ax2"])
    def test_misspelled(self, text: str) -> None:
        with pytest.raises(PolicyError, match="not a loop"):
            loop_of(text)
