from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.analysis.audit import Terms
from gateway.model.errors import PolicyError
from gateway.reports.audit.baseline import baseline_text, known_keys
from tests.recorded import Project, bash
from tests.reports.audits import audit_of, recorded


class TestBaseline:
    def test_what_is_known_does_not_come_again(self, tmp_path: Path) -> None:
        project = recorded(tmp_path / "p")
        path = tmp_path / "baseline.json"
        path.write_text(baseline_text([audit_of(project)]))
        audit = audit_of(project, terms=Terms(known=known_keys(str(path))))
        assert (audit.failing, audit.violations.count, audit.asked.count, audit.known.count) == (0, 0, 0, 5)
        assert baseline_text([audit]) == path.read_text()

    def test_gives_nothing_away(self, tmp_path: Path) -> None:
        token = "ghp_" + "a1B2" * 9
        project = Project(tmp_path, {"commands": {"deny": ["deploy"]}})
        project.record("session-1", [bash(f"deploy --token {token} --to customer-42")])
        text = baseline_text([audit_of(project)])
        assert [entry["rule"] for entry in json.loads(text)["findings"]] == ["commands.deny"]
        assert token not in text and "customer" not in text and "deploy" not in text

    @pytest.mark.parametrize("text", ["", "[]", '{"version": 2, "findings": []}', '{"version": 1}', '{"version": 1, "findings": [1]}'])
    def test_what_is_no_baseline(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "b").write_text(text)
        with pytest.raises(PolicyError):
            known_keys(str(tmp_path / "b"))

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PolicyError, match="cannot be read"):
            known_keys(str(tmp_path / "none"))
