from __future__ import annotations

import pytest

from gateway.model.errors import PolicyError
from gateway.policy.document_fields import Field
from gateway.policy.obligations import parse, schema


class TestParse:
    def test_two_reaches_and_detectors(self) -> None:
        value = {"record": ["secrets"], "forward": ["pii"], "custom": [{"id": "x", "pattern": "x-[0-9]+", "keywords": ["x-"]}]}
        assert parse(Field(value, "/redact", "p", {}), "redact") == {
            "source": "p",
            "record": ["secrets"],
            "forward": ["pii"],
            "custom": [("x", "x-[0-9]+", ("x-",))],
        }

    def test_detectors_bring_evidence(self) -> None:
        value = {"custom": [{"id": "x", "pattern": "x-[0-9]+", "examples": ["see x-1"], "near_misses": ["x-y"]}]}
        assert parse(Field(value, "/redact", "p", {}), "redact")["custom"] == [("x", "x-[0-9]+", ())]

    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            ({"custom": [{"id": "x", "pattern": "("}]}, "redact"),
            ({"custom": []}, "mask"),
            ({"custom": [{"id": "x"}]}, "redact"),
            ({"record": "secrets"}, "mask"),
            ({"custom": [{"id": "My Id", "pattern": "x"}]}, "redact"),
            ({"custom": [{"id": "x", "pattern": "x*"}]}, "redact"),
            ({"custom": [{"id": "x", "pattern": "x-[0-9]+", "examples": ["y-1"]}]}, "redact"),
            ({"custom": [{"id": "x", "pattern": "x-[0-9]+", "keywords": ["X-"], "examples": ["x-1"]}]}, "redact"),
            ({"custom": [{"id": "x", "pattern": "x-[0-9]+", "near_misses": ["x-1"]}]}, "redact"),
        ],
    )
    def test_refuses(self, value: object, kind: str) -> None:
        with pytest.raises(PolicyError):
            parse(Field(value, "/" + kind, "p", {}), kind)

    @pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "\\d+\\d+x", "a{99999999999}", "(" * 5_000, "a" * 5_000])
    def test_a_pattern_that_can_take_for_ever_or_is_none_is_refused_with_its_place(self, pattern: str) -> None:
        value = {"custom": [{"id": "x", "pattern": pattern, "examples": ["a" * 40 + "!"]}]}
        with pytest.raises(PolicyError) as told:
            parse(Field(value, "/redact", "p", {"/redact/custom/0/pattern": 7}), "redact")
        assert (told.value.pointer, told.value.line) == ("/redact/custom/0/pattern", 7) and "`x`" in str(told.value)

    def test_only_redact_has_detectors(self) -> None:
        assert "custom" in schema("redact")["properties"] and "custom" not in schema("mask")["properties"]  # type: ignore[operator]
