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

    @pytest.mark.parametrize(
        ("section", "tally", "metered", "text"),
        [
            ({"tool_calls": 2}, {"calls": 2}, {}, "the limit of 2 tool calls is reached"),
            ({"errors": 2}, {"errors": 3}, {}, "the limit of 2 failed calls is reached: 3"),
            ({"retries": 2}, {"failing": {"k": 3}}, {}, "the limit of 2 retries of this call is reached"),
            ({"duration": "1m"}, {"first": 30.0}, {}, "the limit of 60 s session time is reached: 70 s"),
            ({"files_modified": 1}, {"files": ["a", "b"]}, {}, "the limit of 1 files modified is reached"),
            ({"tokens": 10}, {}, {"tokens": 12.0}, "the limit of 10 tokens is reached: 12"),
            ({"cost_usd": 1}, {}, {"cost_usd": 1.5}, "the limit of $1.00 cost is reached: $1.50"),
            ({"context_pct": 80}, {}, {"context_pct": 81.0}, "the limit of 80 % of the context window is reached: 81 %"),
            ({"per_tool": {"B*": {"calls": 1}}}, {"tools": {"B*": [1, []]}}, {}, "the limit of 1 calls of `B*` is reached"),
            ({"loop": {"length": 1, "repeats": 2}}, {"recent": ["k"]}, {}, "a loop: the same call 2 times"),
            ({"loop": {"length": 2, "repeats": 2}}, {"recent": ["k", "a", "k", "a"][1:]}, {}, "a loop: the last 2 calls, 2 times over"),
        ],
    )
    def test_says_how_much_of_what(self, section: dict[str, Any], tally: dict[str, Any], metered: dict[str, float], text: str) -> None:
        assert spoken(section, tally, metered=metered) == [(DENY, text)]

    @pytest.mark.parametrize(
        ("section", "tally", "call"),
        [
            ({"duration": 0}, {"first": 200.0}, {}),
            ({"duration": 0}, {"first": None}, {}),
            ({"per_tool": {"Bash": {"calls": 1}}}, {"tools": {}}, {}),
            ({"tokens": 0}, {}, {"metered": {"tokens": 0.0}}),
            ({"tokens": 0}, {}, {"metered": {"cost_usd": 5.0}}),
            ({"per_tool": {"Bash": {"calls": 0, "per": "10s"}}}, {"tools": {"Bash": [9, [[90.0, 9]]]}}, {"tool": "Other"}),
            ({"per_tool": {"Bash": {"calls": 1, "per": "10s"}}}, {"tools": {"Bash": [9, [[90.0, 9]]]}}, {}),
            ({"loop": {"length": 2, "repeats": 3}}, {"recent": ["k", "a", "k", "a", "b"]}, {}),
            ({"loop": {"length": 1, "repeats": 3}}, {"recent": ["k", "a"]}, {}),
            ({"loop": {"length": 1, "repeats": 2}}, {"recent": ["k", "a", "k", "a"]}, {}),
        ],
    )
    def test_is_silent(self, section: dict[str, Any], tally: dict[str, Any], call: dict[str, Any]) -> None:
        assert spoken(section, tally, **call) == []

    def test_several_calls_at_one_time_count_each(self) -> None:
        section = {"per_tool": {"Bash": {"calls": 3, "per": "10s"}}}
        assert spoken(section, {"tools": {"Bash": [3, [[95.0, 2]]]}}) == []
        assert len(spoken(section, {"tools": {"Bash": [3, [[95.0, 3]]]}})) == 1

    def test_a_reason_carries_what_its_limit_says(self) -> None:
        (one,) = limits({"tool_calls": {"max": 0, "effect": "stop"}})
        for shadow in (False, True):
            (reason,) = judge([{**one, "shadow": shadow}], fresh(), Next("x", "k", (), 0.0, {}))
            assert (reason.rule, reason.source, reason.shadow) == ("limits.tool_calls", "p.json", shadow)
            assert reason.hint.startswith("stop here")
        (asked,) = judge(limits({"tool_calls": 0}), fresh(), Next("x", "k", (), 0.0, {}))
        assert asked.hint.startswith("change the approach")


class TestStops:
    def test_not_one_that_is_only_watched_or_was_not_reached(self) -> None:
        section = limits({"tool_calls": {"max": 0, "effect": "stop"}, "errors": {"max": 1, "effect": "stop"}})
        reached = judge([{**one, "shadow": True} for one in section], fresh(), Next("x", "k", (), 0.0, {}))
        assert len(reached) == 1 and not stops(section, reached) and not stops(section, ())

    def test_only_a_limit_that_says_so(self) -> None:
        for effect, want in (("stop", True), ("deny", False)):
            section = limits({"tool_calls": {"max": 0, "effect": effect}})
            assert stops(section, judge(section, fresh(), Next("x", "k", (), 0.0, {}))) is want
