from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import run, run_json


class TestEval:
    @pytest.mark.parametrize(
        ("call", "effect"),
        [
            ("Bash: rm -rf /", "deny"),
            ("Bash: ls", "allow"),
            ('{"tool": "Read", "input": {"file_path": ".env"}}', "ask"),
        ],
    )
    def test_one_call(self, call: str, effect: str) -> None:
        assert run_json("policy", "eval", call)["effect"] == effect

    def test_a_call_from_stdin(self) -> None:
        assert run_json("policy", "eval", stdin="Bash: rm -rf /")["effect"] == "deny"

    @pytest.mark.parametrize("call", ["no colon", ": empty", '{"input": 1}'])
    def test_what_is_no_call_is_wrong_usage(self, call: str) -> None:
        assert run("policy", "eval", call)[0] == 2

    def test_a_policy_that_cannot_be_read_is_no_verdict(self, tmp_path: Path) -> None:
        bad = tmp_path / "p.json"
        bad.write_text('{"comands": {}}')
        code, _, err = run("policy", "eval", "Bash: ls", "--policy", str(bad))
        assert code == 4 and "commands" in err

    def test_a_batch_answers_line_by_line(self) -> None:
        lines = [
            '{"id": 1, "tool": "Bash", "input": {"command": "ls"}}',
            "nonsense",
            "",
            '{"id": 3, "tool": "Bash", "input": {"command": "rm -rf /"}}',
        ]
        code, out, _ = run("policy", "eval", "--batch", stdin="\n".join(lines))
        answers = [json.loads(line) for line in out.splitlines()]
        assert code == 0 and [(answer["id"], answer["effect"]) for answer in answers] == [(1, "allow"), (None, "deny"), (3, "deny")]
        assert "error" in answers[1]
