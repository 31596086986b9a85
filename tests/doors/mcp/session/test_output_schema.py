"""A cleaned result satisfies its schema again, or is said not to."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.doors.mcp.session.output_schema import conforming

MARK = "[REDACTED:x:1234]"


def schema(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


TABLE = [
    (schema(a={"type": "string"}), {"a": "secret"}, {"a": MARK}, {"a": MARK}),
    (schema(a={"type": "string", "maxLength": 6}), {"a": "secret"}, {"a": MARK}, {"a": "******"}),
    (schema(a={"type": "string", "format": "email"}), {"a": "a@b.example"}, {"a": MARK}, {"a": "redacted@example.invalid"}),
    (schema(a={"type": "string", "pattern": "^[0-9]{3}$"}), {"a": "123"}, {"a": MARK}, {"a": "000"}),
    (schema(a={"enum": ["secret"]}), {"a": "secret"}, {"a": MARK}, {}),
    (schema(a={"type": "array", "items": {"type": "string", "maxLength": 4}}), {"a": ["abcd", "ok"]}, {"a": [MARK, "ok"]}, {"a": ["****", "ok"]}),
]
NEVER = [
    ({**schema(a={"enum": ["secret"]}), "required": ["a"]}, {"a": "secret"}, {"a": MARK}),
    (schema(), {"a@b.example": 1}, {MARK: 1}),
    ({"$ref": "https://example.invalid/schema.json"}, {"a": "secret"}, {"a": MARK}),
    ({"type": 7}, {}, {}),
    ("no schema", {}, {}),
    (schema(a={"type": "integer"}), {"a": "was wrong before"}, {"a": MARK}),
]


class TestFitted:
    @pytest.mark.parametrize(("wanted", "before", "cleaned", "after"), TABLE)
    def test_fits(self, wanted: object, before: Any, cleaned: Any, after: Any) -> None:
        assert conforming(wanted, before, cleaned) == (True, after)

    @pytest.mark.parametrize(("wanted", "before", "cleaned"), NEVER)
    def test_cannot(self, wanted: object, before: Any, cleaned: Any) -> None:
        fits, value = conforming(wanted, before, cleaned)
        assert not fits or "secret" not in str(value)

    @pytest.mark.parametrize("draft", ["http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2019-09/schema", ""])
    def test_drafts(self, draft: str) -> None:
        assert conforming({"$schema": draft, "type": "string", "maxLength": 2} if draft else {"type": "string"}, "ab", MARK)[0]
