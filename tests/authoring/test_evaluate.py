from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.authoring.evaluate import Evaluator
from gateway.model.errors import ProtocolError

POLICY = {"files": {"read": {"deny": [{"match": ".env", "hint": "read .env.example"}]}}}


class TestLine:
    @pytest.mark.parametrize(
        ("value", "effect"),
        [
            ({"id": 1, "tool": "Read", "input": {"file_path": ".env"}, "cwd": "/p", "policy": POLICY}, "deny"),
            ({"id": 1, "tool": "Read", "input": {"file_path": "a"}, "cwd": "/p", "policy": POLICY, "agent": "claude-code"}, "allow"),
            ({"id": 1, "tool": "Read", "input": {"file_path": "p/.env"}, "cwd": "/", "project": "/p"}, "ask"),
        ],
    )
    def test_a_verdict(self, value: dict[str, Any], effect: str, tmp_path: Path) -> None:
        answer = Evaluator(cwd=str(tmp_path)).line(json.dumps(value))
        assert (answer["id"], answer["effect"]) == (1, effect)
        assert set(answer) >= {"reasons", "actions", "sensitive", "policy_revision"}

    def test_reasons_name_rule_text_and_hint(self) -> None:
        answer = Evaluator(cwd="/p").judge({"tool": "Read", "input": {"file_path": ".env"}, "policy": POLICY, "cwd": "/p"})
        assert answer["reasons"][0]["rule"] == "files.read.deny[0]" and answer["reasons"][0]["hint"] == "read .env.example"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "3",
            "{",
            '{"id": 7}',
            '{"id": 7, "tool": ""}',
            '{"id": 7, "tool": "T", "cwd": 3}',
            '{"id": 7, "tool": "T", "nosuch": 1}',
            '{"id": 7, "tool": "T", "policy": {"x": 1}}',
        ],
    )
    def test_what_cannot_be_judged_is_denied(self, text: str) -> None:
        answer = Evaluator(cwd="/p").line(text)
        assert answer["effect"] == "deny" and answer["error"] and answer["id"] == (7 if "7" in text else None)

    def test_a_description_at_fault(self) -> None:
        with pytest.raises(ProtocolError):
            Evaluator(cwd="/p").judge({"tool": 3})
