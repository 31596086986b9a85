from __future__ import annotations

from typing import Any

import pytest

from gateway.model.effects import ASK, DENY
from gateway.policy.document_fields import Field
from gateway.policy.limits.counters import fresh
from gateway.policy.limits.evaluate import Next, judge, stops
from gateway.policy.limits.parse import parse


def limits(section: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**limit, "shadow": False} for limit in parse(Field(section, "/limits", "p.json", {}))]


def spoken(section: dict[str, Any], tally: dict[str, Any], **call: Any) -> list[tuple[int, str]]:
    following = Next(**{"tool": "Bash", "key": "k", "files": (), "now": 100.0, "metered": {}, **call})
    return [(reason.effect, reason.text) for reason in judge(limits(section), {**fresh(), **tally}, following)]


class TestJudge:
    @pytest.mark.parametrize(
        ("section", "under", "over"),
        [
            ({"tool_calls": 3}, {"calls": 2}, {"calls": 3}),
            ({"errors": 3}, {"errors": 2}, {"errors": 3}),
            ({"errors": 0}, {"errors": 0}, {"errors": 1}),
            ({"retries": 2}, {"failing": {"k": 2}}, {"failing": {"k": 3}}),
            ({"retries": 2}, {"failing": {"other": 9}}, {"failing": {"k": 9}}),
            ({"duration": "30s"}, {"first": 71.0}, {"first": 70.0}),
            ({"duration": 30}, {"first": None}, {"first": 1.0}),
            ({"per_tool": {"Bash": {"calls": 2}}}, {"tools": {"Bash": [1, []]}}, {"tools": {"Bash": [2, []]}}),
            (
                {"per_tool": {"Bash": {"calls": 2, "per": "10s"}}},
                {"tools": {"Bash": [3, [[1.0, 1], [2.0, 1], [95.0, 1]]]}},
                {"tools": {"Bash": [2, [[91.0, 1], [95.0, 1]]]}},
            ),
            ({"per_tool": {"Other": {"calls": 0}}}, {}, None),
            ({"loop": {"length": 1, "repeats": 3}}, {"recent": ["k"]}, {"recent": ["k", "k"]}),
            ({"loop": {"length": 2, "repeats": 2}}, {"recent": ["a", "k", "b"]}, {"recent": ["a", "k", "a"]}),
            (
                {"loop": {"length": 3, "repeats": 3}},
                {"recent": ["x", "y", "k", "x", "z", "k", "x", "y"]},
                {"recent": ["x", "y", "k", "x", "y", "k", "x", "y"]},
            ),
        ],
    )
    def test_speaks_at_the_limit_and_not_before(self, section: dict[str, Any], under: dict[str, Any], over: dict[str, Any] | None) -> None:
        assert spoken(section, under) == []
        if over is not None:
            ((effect, _),) = spoken(section, over)
            assert effect == DENY

    @pytest.mark.parametrize(("name", "most"), [("tokens", 1000), ("cost_usd", 5), ("context_pct", 90)])
    def test_what_a_meter_tells(self, name: str, most: float) -> None:
        assert spoken({name: most}, {}) == [] == spoken({name: most}, {}, metered={name: most - 0.1})
        assert len(spoken({name: most}, {}, metered={name: most})) == 1

    def test_files_count_once(self) -> None:
        assert spoken({"files_modified": 2}, {"files": ["a", "b"]}, files=("a", "b")) == []
        assert len(spoken({"files_modified": 2}, {"files": ["a", "b"]}, files=("c",))) == 1

    def test_a_limit_may_ask(self) -> None:
        assert spoken({"tool_calls": {"max": 0, "effect": "ask"}}, {}) == [(ASK, "the limit of 0 tool calls is reached")]

    def test_the_reason_names_the_rule_and_what_to_do(self) -> None:
        (reason,) = judge(limits({"cost_usd": 5}), fresh(), Next("x", "k", (), 0.0, {"cost_usd": 5.5}))
        assert (reason.rule, reason.text) == ("limits.cost_usd", "the limit of $5.00 cost is reached: $5.50") and reason.hint


class TestStops:
    def test_only_a_limit_that_says_so(self) -> None:
        for effect, want in (("stop", True), ("deny", False)):
            section = limits({"tool_calls": {"max": 0, "effect": effect}})
            assert stops(section, judge(section, fresh(), Next("x", "k", (), 0.0, {}))) is want
