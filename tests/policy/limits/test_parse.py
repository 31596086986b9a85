from __future__ import annotations

import pytest

from gateway.model.effects import ASK, DENY
from gateway.model.errors import PolicyError
from gateway.policy.document_fields import Field
from gateway.policy.limits.parse import parse, schema, seconds


def limits(value: object) -> list[dict[str, object]]:
    return parse(Field(value, "/limits", "p", {}))


class TestParse:
    def test_a_number_denies(self) -> None:
        (limit,) = limits({"tool_calls": 200})
        assert (limit["name"], limit["max"], limit["effect"], limit["rule"]) == ("tool_calls", 200, DENY, "limits.tool_calls")

    def test_an_object_says_its_effect(self) -> None:
        asking, stopping = limits({"cost_usd": {"max": 5, "effect": "ask"}, "errors": {"max": 3, "effect": "stop"}})
        assert (asking["effect"], asking["stop"], stopping["effect"], stopping["stop"]) == (ASK, False, DENY, True)

    def test_durations_loops_and_tools(self) -> None:
        found = {
            limit["name"]: limit for limit in limits({"duration": "30m", "loop": {"length": 2}, "per_tool": {"Bash": {"calls": 50, "per": "1m"}}})
        }
        assert found["duration"]["max"] == 1800 and found["loop"]["length"] == 2 and found["loop"]["repeats"] == 3
        assert (found["per_tool"]["tool"], found["per_tool"]["window"]) == ("Bash", 60)

    @pytest.mark.parametrize(
        "value",
        [
            {"calls": 1},
            {"tool_calls": "many"},
            {"duration": "soon"},
            {"duration": "1."},
            {"loop": {"length": 0}},
            {"per_tool": {"Bash": {}}},
            {"errors": {}},
            {"per_tool": {"Bash": None}},
        ],
    )
    def test_refuses(self, value: object) -> None:
        with pytest.raises(PolicyError):
            limits(value)

    @pytest.mark.parametrize(("text", "want"), [("30s", 30), ("1.5h", 5400), ("2d", 172800)])
    def test_seconds(self, text: str, want: float) -> None:
        assert seconds(Field(text, "", "p", {})) == want

    def test_schema_names_what_can_be_limited(self) -> None:
        assert {"tool_calls", "duration", "loop", "per_tool"} <= set(schema()["properties"])  # type: ignore[call-overload]
