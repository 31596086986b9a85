from __future__ import annotations

from pathlib import Path

import pytest

from gateway.reports.audit import code_flows
from gateway.reports.audit.code_flows import flows
from tests.reports.audits import audit_of, recorded


class TestFlows:
    def test_root_first_and_the_finding_last(self, tmp_path: Path) -> None:
        project = recorded(tmp_path)
        finding = audit_of(project).violations.calls[0]
        with flows(project.store) as found:
            steps = found.of("session-1", finding)
        assert steps[-1].number == finding.number and steps[-1].text == finding.told and steps[0].number < finding.number

    def test_enough_is_enough(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(code_flows, "MAX_FLOWS", 1)
        project = recorded(tmp_path)
        one, other, *_ = audit_of(project).violations.calls
        with flows(project.store) as found:
            assert found.of("session-1", one) and found.of("session-1", other) == []
