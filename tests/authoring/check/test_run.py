from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.authoring.check.run import Report, check_file
from gateway.host.resources import pack_names, pack_path


def checked(folder: Path, document: Any) -> Report:
    path = folder / ".agent-scope.json"
    path.write_text(json.dumps(document, indent=1))
    return check_file(str(path), now=1.8e9)


class TestDetectors:
    @pytest.mark.parametrize("pattern", ["(a+)+$", "a{99999999999}", "(((a+)+)+)+b"])
    def test_a_pattern_that_is_none_or_takes_for_ever_is_an_error_with_its_place(self, tmp_path: Path, pattern: str) -> None:
        report = checked(tmp_path, {"redact": {"custom": [{"id": "own", "pattern": pattern}]}})
        assert (
            report.exit_code == 4 and "/redact/custom/0/pattern" in report.error and "`own`" in report.error and ".agent-scope.json:" in report.error
        )

    def test_a_slow_pattern_is_a_finding(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gateway.authoring.check.run.slowness", lambda pattern, keywords: "takes 9 s")
        report = checked(tmp_path, {"redact": {"custom": [{"id": "own", "pattern": "own-[0-9]+"}]}})
        assert report.exit_code == 1 and report.findings[0].problem == "detector `own` takes 9 s"

    def test_ordinary_detectors_are_fine(self, tmp_path: Path) -> None:
        assert checked(tmp_path, {"redact": {"custom": [{"id": "own", "pattern": "own-[0-9]{4,}", "keywords": ["own-"]}]}}).exit_code == 0


class TestTimeLimit:
    def test_a_check_that_takes_too_long_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def endless(*_: object) -> list[str]:
            while True:
                pass

        monkeypatch.setattr("gateway.authoring.check.run.schema_problems", endless)
        (tmp_path / "policy.json").write_text("{}")
        report = check_file(str(tmp_path / "policy.json"), seconds=0.2)
        assert report.exit_code == 4 and "within 0.2 s" in report.error


class TestCheckFile:
    @pytest.mark.parametrize(
        ("document", "problems"),
        [
            ({}, []),
            ({"commands": {"deny": ["a", "b"]}}, []),
            ({"commands": {"deny": ["a", "b", "a"]}}, ["commands.deny[2] says the same as commands.deny[0]"]),
            ({"commands": {"deny": [{"match": "a", "with": ["x"]}, {"match": "a", "with": ["y"]}]}}, []),
            ({"commands": {"deny": [{"match": "a", "expires": "2001-01-01"}]}}, ["commands.deny[0] has expired: what it denied is open"]),
            (
                {"files": {"read": {"allow": ["src/**"], "deny": ["src/**"]}}},
                ["files.read.allow[0] (`src/**`) decides nothing: the rest of its section says it all"],
            ),
            (
                {"commands": {"allow": ["npm test"], "ask": ["git push"]}},
                ["commands.ask[0] (`git push`) never asks: the allow list of its section is closed, so what it does not list is denied"],
            ),
            ({"commands": {"allow": ["npm test"], "deny": ["git push"]}}, []),
            ({"files": {"write": {"allow": ["./**", "/tmp/**"]}}}, []),
            (
                {"files": {"write": {"allow": ["notebooks/**", "!notebooks/golden/**"]}}},
                ["files.write.allow[1] (`!notebooks/golden/**`): `!` is no negation here"],
            ),
            (
                {"tools": {"allow": ["github.*", "mcp__github"]}},
                [
                    "tools.allow[0] (`github.*`) matches no tool",
                    "tools.allow[1] (`mcp__github`) matches no tool",
                    "tools.allow closes the list of all tools: Bash, Read, Write, Edit and every tool it does not list are denied",
                ],
            ),
            ({"tools": {"allow": ["Read", "Grep", "mcp__github__*"]}}, []),
            ({"examples": [{"call": "Bash: ls", "expect": "deny"}]}, ["`Bash: ls` is allow, expected deny: no rule matches it"]),
            (
                {"commands": {"deny": ["ls"]}, "examples": [{"call": "Bash: ls", "expect": "deny", "rule": "nosuch"}]},
                ["`Bash: ls`: rule nosuch did not speak"],
            ),
        ],
    )
    def test_findings(self, tmp_path: Path, document: Any, problems: list[str]) -> None:
        report = checked(tmp_path, document)
        assert [finding.problem for finding in report.findings] == problems
        assert report.exit_code == bool(problems) and report.data()["ok"] is not bool(problems)
        assert all(problem in report.text() for problem in problems)

    @pytest.mark.parametrize("document", [[], {"comands": {}}, {"version": 2}, {"extends": ["nosuch"]}])
    def test_what_cannot_be_understood(self, tmp_path: Path, document: Any) -> None:
        report = checked(tmp_path, document)
        assert report.exit_code == 4 and report.text().startswith("✗ ")

    @pytest.mark.parametrize("pack", pack_names())
    def test_shipped_packs_have_nothing_to_find(self, pack: str) -> None:
        report = check_file(pack_path(pack) or "")
        assert (report.error, report.findings) == ("", ()) and report.examples > 5


def test_a_policy_that_others_may_write(tmp_path: Path) -> None:
    path = tmp_path / ".agent-scope.json"
    path.write_text("{}")
    path.chmod(0o666)
    (finding,) = check_file(str(path)).findings
    assert "every call is refused under it: every user may write" in finding.problem and "chmod o-w" in finding.hint
