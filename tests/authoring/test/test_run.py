from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.authoring.test.run import CaseRun, read_cases, run_cases
from gateway.host.resources import resource_folder
from gateway.model.errors import PolicyError
from tests.builders import policy
from tests.command_line import run_json

POLICY = {
    "files": {"read": {"deny": [{"match": "*.key", "id": "keys"}, "secrets/**"]}},
    "commands": {"allow": ["git", "ls"], "deny": ["git push"]},
    "mcp": {"servers": {"s": {"arguments": [{"tool": "t", "argument": "/a", "match": "x"}]}}},
}


def ran(folder: Path, *cases: dict[str, Any], document: Any = POLICY) -> CaseRun:
    path = folder / "cases.json"
    path.write_text(json.dumps({"cases": cases}))
    return run_cases("p", policy(document), read_cases(str(path))[1])


class TestLines:
    @pytest.mark.parametrize("name", ["cases.jsonl", "cases.ndjson", "cases.json"])
    def test_one_case_a_line(self, tmp_path: Path, name: str) -> None:
        lines = [
            '{"policy": "strict"}',
            "",
            '{"call": "Read: a", "expect": "allow"}',
            '{"call": {"tool": "Bash", "input": {"command": "ls"}}, "expect": "deny"}',
        ]
        path = tmp_path / name
        path.write_text("\n".join(lines if name != "cases.json" else lines[2:]) + "\n")
        named, cases = read_cases(str(path))
        assert named == ("strict" if name != "cases.json" else "")
        assert [(case.call.tool, case.expect, case.place.rpartition(":")[2]) for case in cases] == (
            [("Read", 0, "3"), ("Bash", 2, "4")] if name != "cases.json" else [("Read", 0, "1"), ("Bash", 2, "2")]
        )

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "no cases in it"),
            ('{"call": "Read: a", "expect": "allow"}\n[]\n', "a case is an object"),
            ('{"call": "Read: a", "expect": "allow"}\n{"call": "Read: a"}\n', "a case needs `expect`"),
            ('{"call": "Read: a", "expect": "allow"}\nx\n', "expected a value, found `x`"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_line(self, tmp_path: Path, text: str, problem: str) -> None:
        path = tmp_path / "cases.jsonl"
        path.write_text(text)
        with pytest.raises(PolicyError) as caught:
            read_cases(str(path))
        assert caught.value.problem == problem and caught.value.line == (2 if text else 0)


class TestCases:
    @pytest.mark.parametrize(
        ("case", "problem"),
        [
            ({"call": "Read: a.key", "expect": "deny"}, ""),
            ({"call": "Read: a.key", "expect": "deny", "rule": "keys"}, ""),
            ({"call": "Read: a.key", "expect": "deny", "rule": "files.read.deny[0]"}, ""),
            ({"call": "Read: a.key", "expect": "deny", "rule": "files.read"}, "expected rule files.read, spoken: files.read.deny[0] (keys)"),
            ({"call": "Read: a.txt", "expect": "deny"}, "expected deny, is allow: no rule matches it"),
            ({"call": {"tool": "mcp__s__t", "input": {"a": "x"}}, "expect": "deny"}, ""),
            ({"call": "Read: link", "expect": "deny", "facts": {"real": {"/home/user/project/link": "/home/user/project/a.key"}}}, ""),
            ({"call": "Read: ../secrets/x", "expect": "deny", "cwd": "sub"}, ""),
            ({"call": "Bash: git status", "expect": "allow", "rule": "commands.allow[0]"}, ""),
        ],
    )
    def test_table(self, tmp_path: Path, case: dict[str, Any], problem: str) -> None:
        assert [result.problem for result in ran(tmp_path, case).results] == [problem]

    def test_what_no_case_reaches_or_notices(self, tmp_path: Path) -> None:
        found = ran(
            tmp_path, {"call": "Read: a.key", "expect": "deny"}, {"call": "Bash: git push", "expect": "deny"}, {"call": "Bash: ls", "expect": "allow"}
        )
        assert found.rules == 6 and found.unreached == ["files.read.deny[1]", "mcp.servers.s.arguments[0]"]
        assert set(found.surviving) == {"files.read.deny[1]", "commands.allow[0]", "mcp.servers.s.arguments[0]"}
        assert (round(found.coverage, 2), round(found.mutation_score, 2)) == (0.67, 0.5)

    def test_a_failing_case_notices_nothing(self, tmp_path: Path) -> None:
        assert "files.read.deny[0] (keys)" in ran(tmp_path, {"call": "Read: a.key", "expect": "ask"}).surviving

    def test_the_policy_is_whole_again_afterwards(self, tmp_path: Path) -> None:
        document = {"commands": {"deny": [{"match": "make", "expires": "2990-01-01"}, "ls"]}}
        compiled = policy(document)
        before = repr(compiled)
        path = tmp_path / "c.yaml"
        path.write_text("cases: [{call: 'Bash: make; ls', expect: deny}]\n")
        run_cases("p", compiled, read_cases(str(path))[1])
        assert repr(compiled) == before

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "cases: []",
            "cases: [{call: 'Read: a'}]",
            "cases: [{call: nothing, expect: deny}]",
            "cases: [{call: 'Read: a', expect: no}]",
            "case: []",
        ],
    )
    def test_what_are_no_cases(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "c.yaml"
        path.write_text(text)
        with pytest.raises(PolicyError):
            read_cases(str(path))

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PolicyError, match="cannot be read"):
            read_cases(str(tmp_path / "none"))


class TestPacks:
    @pytest.mark.parametrize("pack", ["baseline", "strict", "readonly", "ci"])
    def test_every_rule_of_a_shipped_pack_is_held_by_its_cases(self, pack: str) -> None:
        (found,) = run_json("policy", "test", f"{resource_folder('policies')}/cases/{pack}.yaml", "--json")["policies"]
        assert [case for case in found["cases"] if not case["ok"]] == []
        assert found["coverage"] == 1.0 and found["mutation_score"] >= 0.9, found["surviving"]
