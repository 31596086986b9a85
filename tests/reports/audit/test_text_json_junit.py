from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from gateway.reports.audit.text_json_junit import as_github, as_json, as_junit, as_text
from tests.reports.audits import audit_of, recorded
from tests.reports.official_schemas import JUNIT, official


class TestText:
    def test_reads_as_people_know_it(self, tmp_path: Path) -> None:
        lines = as_text([audit_of(recorded(tmp_path))]).splitlines()
        assert lines[0].startswith("AUDIT: Session session-1 (") and lines[0].endswith(" events, 8 tool calls)")
        assert lines[2:4] == ["✅ Allowed (1):", "  Read src/a.py"]
        assert "  Ran: ls (no command policy for it)" in lines
        assert any(line.startswith("  Read src/b & <c>.key ← denied by files.read.deny[0] (keys) [") for line in lines)
        assert "❌ Violations (4):" in lines and "❓ To be asked (1):" in lines and "🔐 Sensitive files accessed (2):" in lines
        assert not any("\x07" in line for line in lines)

    def test_shadow(self, tmp_path: Path) -> None:
        text = as_text([audit_of(recorded(tmp_path, observe=False))], shadow=True)
        assert "Enforcing everything would have stopped (1):\n  Ran: make all ← denied by commands.deny[1]" in text
        assert "       1 × commands.deny[1]" in text

    def test_shadow_of_nothing(self, tmp_path: Path) -> None:
        assert "would have changed nothing" in as_text([audit_of(recorded(tmp_path, {}, observe=False))], shadow=True)


class TestJson:
    def test_one_document(self, tmp_path: Path) -> None:
        (audit,) = json.loads(as_json([audit_of(recorded(tmp_path))]))["audits"]
        assert [len(audit[name]) for name in ("allowed", "no_policy", "asked", "violations", "known")] == [1, 2, 1, 4, 0]
        assert audit["violations"][0]["reasons"][0]["hint"] == "ask"
        assert {one["would"] for one in audit["would_have_changed"]} == {"ask", "deny"}


class TestJunit:
    def test_one_case_a_call(self, tmp_path: Path) -> None:
        suites = ElementTree.fromstring(as_junit([audit_of(recorded(tmp_path))]))
        cases = suites.findall("testsuite/testcase")
        assert len(cases) == 8 and [len(suites.findall(f"testsuite/testcase/{name}")) for name in ("failure", "skipped")] == [4, 1]
        suite = suites.find("testsuite")
        assert suite is not None and (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("8", "4", "1")

    @pytest.mark.network
    def test_is_valid(self, tmp_path: Path) -> None:
        import xmlschema

        xmlschema.XMLSchema(str(official(JUNIT))).validate(as_junit([audit_of(recorded(tmp_path))]))


class TestGithub:
    def test_annotations(self, tmp_path: Path) -> None:
        lines = as_github([audit_of(recorded(tmp_path))]).splitlines()
        assert [line.split(" ")[0] for line in lines[:5]] == ["::error"] * 4 + ["::warning"]
        assert lines[0].startswith("::error file=src/b & <c>.key,line=1,title=agent-strace%3A files.read.deny[0] (keys)::Read src/b")
        assert lines[1].startswith("::error file=.agent-scope.json,line=1,title=")
        assert lines[-1] == "session-1: 8 calls, 4 violations, 1 to be asked, 0 known"
