from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from gateway.analysis.audit import Terms
from gateway.reports.audit import sarif
from gateway.reports.audit.code_flows import Step, flows
from gateway.reports.audit.sarif import as_sarif
from tests.recorded import Project
from tests.reports.audits import audit_of, recorded
from tests.reports.official_schemas import SARIF, official


def rendered(project: Project, terms: Terms | None = None) -> Any:
    with flows(project.store) as found:
        return json.loads(as_sarif([audit_of(project, terms=terms)], found.of))


class TestSarif:
    def test_every_finding_is_a_result_of_a_rule(self, tmp_path: Path) -> None:
        (run,) = rendered(recorded(tmp_path))["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == ["keys", "network-to-interpreter", "files.write.deny", "files.read.allow", "commands.ask"]
        assert [(result["ruleId"], result["level"]) for result in run["results"]] == [
            ("keys", "error"),
            ("network-to-interpreter", "error"),
            ("files.write.deny", "error"),
            ("files.read.allow", "error"),
            ("commands.ask", "warning"),
        ]
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
        assert all(0 < len(rule["properties"]["tags"]) <= 10 for rule in rules)

    def test_shown_at_the_file_or_the_line_of_the_policy(self, tmp_path: Path) -> None:
        results = rendered(recorded(tmp_path))["runs"][0]["results"]
        uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
        assert uris == ["src/b%20%26%20%3Cc%3E.key", ".agent-scope.json", ".github/workflows/ci.yml", ".agent-scope.json", ".agent-scope.json"]

    def test_fingerprints_do_not_hang_on_the_session(self, tmp_path: Path) -> None:
        prints = [[result["partialFingerprints"] for result in rendered(recorded(tmp_path / name))["runs"][0]["results"]] for name in ("a", "b")]
        assert prints[0] == prints[1] and len({json.dumps(one) for one in prints[0]}) == 5

    def test_what_led_to_a_call(self, tmp_path: Path) -> None:
        result = rendered(recorded(tmp_path))["runs"][0]["results"][0]
        steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
        assert "do it" in steps[0]["location"]["message"]["text"] and len(steps) >= 2

    def test_known_findings_are_suppressed(self, tmp_path: Path) -> None:
        project = recorded(tmp_path)
        known = frozenset(found.key for found in audit_of(project).violations.calls)
        results = rendered(project, Terms(known=known))["runs"][0]["results"]
        assert sum("suppressions" in result for result in results) == 4 and len(results) == 5

    def test_many_results_are_several_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
        runs = rendered(recorded(tmp_path))["runs"]
        assert [len(run["results"]) for run in runs] == [2, 2, 1]
        assert len({run["automationDetails"]["id"] for run in runs}) == 3

    def test_nothing_found_is_a_run_without_results(self) -> None:
        assert json.loads(as_sarif([], lambda session, found: [Step(1, "x")]))["runs"][0]["results"] == []

    @pytest.mark.network
    def test_is_valid(self, tmp_path: Path) -> None:
        schema = json.loads(official(SARIF).read_text())
        project = recorded(tmp_path)
        known = frozenset(found.key for found in audit_of(project).asked.calls)
        assert list(Draft4Validator(schema).iter_errors(rendered(project, Terms(known=known)))) == []
        assert list(Draft4Validator(schema).iter_errors({"version": "2.1.0"})) != []
