from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

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

    @pytest.mark.parametrize(
        "value",
        [
            {"tool_calls": -1},
            {"tool_calls": {"max": 1, "effect": "allow"}},
            {"tool_calls": {"effect": "ask"}},
            {"loop": {"length": 21}},
            {"loop": {"length": 2.5}},
            {"loop": {"repeats": 1}},
            {"loop": {"repeats": 1001}},
            {"loop": {"effect": "no"}},
            {"loop": {"times": 3}},
            {"per_tool": {"Bash": {"calls": 1, "effect": "no"}}},
            {"per_tool": {"Bash": {"calls": 1, "within": "1m"}}},
            {"per_tool": {"Bash": {"calls": 1, "per": "1"}}},
            *({"duration": text} for text in ("", "m", "5", "5w", ".5m", "5.m", "1.5.0m", "\u0665m", "-5m", "5 m", "\u00b2m")),
        ],
    )
    def test_refuses_what_lies_beyond_or_is_not_written_so(self, value: object) -> None:
        with pytest.raises(PolicyError):
            limits(value)

    @pytest.mark.parametrize(
        ("length", "repeats"),
        [(1, 2), (20, 1000), (3, 3)],
    )
    def test_the_bounds_of_a_loop_are_within(self, length: int, repeats: int) -> None:
        (limit,) = limits({"loop": {"length": length, "repeats": repeats}})
        assert (limit["length"], limit["repeats"], limit["max"]) == (length, repeats, repeats)

    @pytest.mark.parametrize(("written", "effect", "stop"), [(None, DENY, False), ("ask", ASK, False), ("deny", DENY, False), ("stop", DENY, True)])
    @pytest.mark.parametrize(
        ("name", "value"),
        [("tool_calls", {"max": 1}), ("duration", {"max": "1m"}), ("loop", {"length": 2}), ("per_tool", {"Bash": {"calls": 4}})],
    )
    def test_every_kind_may_say_its_effect(self, name: str, value: dict[str, object], written: str | None, effect: int, stop: bool) -> None:
        options = {} if written is None else {"effect": written}
        (limit,) = limits({name: {"Bash": {"calls": 4, **options}} if name == "per_tool" else {**value, **options}})
        want = {"tool_calls": 1, "duration": 60, "loop": 3, "per_tool": 4}[name]
        assert (limit["name"], limit["effect"], limit["stop"], limit["max"], limit["source"]) == (name, effect, stop, want, "p")
        assert limit.get("window") == (0.0 if name == "per_tool" else None)

    def test_a_duration_may_be_seconds(self) -> None:
        assert limits({"duration": 90})[0]["max"] == 90

    def test_a_loop_is_three_calls_three_times_unless_it_says_otherwise(self) -> None:
        (limit,) = limits({"loop": {}})
        assert (limit["length"], limit["repeats"], limit["max"], limit["rule"]) == (3, 3, 3, "limits.loop")

    def test_a_tool_without_a_limit_is_told_so(self) -> None:
        with pytest.raises(PolicyError, match="found null"):
            limits({"per_tool": {"Bash": None}})

    @pytest.mark.parametrize(("text", "want"), [("30s", 30), ("5m", 300), ("1.5h", 5400), ("2d", 172800), ("0s", 0)])
    def test_seconds(self, text: str, want: float) -> None:
        assert seconds(Field(text, "", "p", {})) == want

    def test_schema_names_what_can_be_limited(self) -> None:
        assert {"tool_calls", "duration", "loop", "per_tool"} <= set(schema()["properties"])  # type: ignore[call-overload]

    @pytest.mark.parametrize(
        ("value", "valid"),
        [
            (None, True),
            ({"tool_calls": 1, "tokens": {"max": 0, "effect": None}, "errors": None}, True),
            ({"duration": "5m"}, True),
            ({"duration": {"max": 30, "effect": "ask"}}, True),
            ({"loop": {"length": 20, "repeats": 1000}}, True),
            ({"loop": {"length": 1, "repeats": 2, "effect": "stop"}}, True),
            ({"per_tool": {"Bash": {"calls": 1, "per": "1m", "effect": "deny"}}}, True),
            ({"unheard": 1}, False),
            ({"tool_calls": -1}, False),
            ({"tool_calls": {"effect": "ask"}}, False),
            ({"tool_calls": {"max": 1, "effect": "allow"}}, False),
            ({"tool_calls": {"max": 1, "least": 1}}, False),
            ({"loop": {"length": 0}}, False),
            ({"loop": {"length": 21}}, False),
            ({"loop": {"repeats": 1}}, False),
            ({"loop": {"repeats": 1001}}, False),
            ({"loop": {"times": 3}}, False),
            ({"per_tool": {"Bash": {"per": "1m"}}}, False),
            ({"per_tool": {"Bash": {"calls": 1, "within": "1m"}}}, False),
        ],
    )
    def test_schema_and_parser_say_the_same(self, value: object, valid: bool) -> None:
        assert Draft202012Validator(schema()).is_valid(value) is valid
        if value is not None:
            try:
                limits(value)
            except PolicyError:
                assert not valid
            else:
                assert valid
