from __future__ import annotations

from gateway.authoring.backtest.output import as_data, as_text
from tests.authoring.backtest.test_run import OLD, backtested, project
from tests.recorded import Project

__all__ = ["project"]


class TestForms:
    def test_text(self, project: Project) -> None:
        text = as_text("new.json", backtested(project, {"files": {"read": {"deny": ["*.md"]}}}))
        assert text.startswith("7 recorded calls of 2 sessions under new.json\n  before: 3 allow, 2 ask, 2 deny    after: 5 allow, 0 ask, 2 deny\n")
        assert "Newly denied (2):" in text and "Read a.md  ← files.read.deny[0]" in text and "Friction per rule:" in text

    def test_nothing_changed(self, project: Project) -> None:
        assert "every call is judged as before" in as_text("p", backtested(project, OLD))

    def test_data(self, project: Project) -> None:
        data = as_data("p", "sha256:x", backtested(project, {"commands": {"ask": ["git push"]}}))
        assert data["changes"] == {"newly-allowed": 2, "newly-asked": 0, "newly-denied": 0}
        assert data["changed"][0]["before"] == "deny" and data["changed"][0]["after"] == "allow"
        assert data["friction"] == {"commands.ask[0]": {"asked": 2, "denied": 0, "newly": 0}}
