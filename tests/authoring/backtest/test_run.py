from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.authoring.backtest.run import Backtest, Backtester, effect_before
from gateway.model.decision import Decision, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.passage import Capabilities
from tests.builders import with_baseline
from tests.recorded import Project, bash, read

OLD: dict[str, Any] = {"commands": {"deny": ["curl"], "ask": ["git push"]}}
CALLS = [bash("curl x.example"), bash("git push"), bash("make"), read("a.md"), read("a.md")]


def backtested(project: Project, document: Any) -> Backtest:
    tester = Backtester(with_baseline(document))
    for session in ("s1", "s2"):
        tester.session(session, project.events(session), str(project.root))
    return tester.result


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path, OLD)
    assert found.record("s1", CALLS) == ["deny", "ask", "allow", "allow", "allow"]
    assert found.record("s2", CALLS[:2], door=Capabilities(blocks=True)) == ["deny", "deny"]
    return found


class TestBacktest:
    def test_the_policy_that_judged_changes_nothing(self, project: Project) -> None:
        result = backtested(project, OLD)
        assert (result.sessions, result.calls, dict(result.counts), result.changed) == (2, 7, {}, [])
        assert result.friction["commands.deny[0]"].denied == 2 and result.friction["commands.ask[0]"].asked == 2
        assert not result.fails("any")

    def test_each_change_with_its_event_and_rule(self, project: Project) -> None:
        result = backtested(project, {"files": {"read": {"deny": ["*.md"]}}, "commands": {"ask": ["make"], "deny": ["git push"]}})
        shown = [(one.session, one.number, one.call, one.before, one.after, one.rule) for one in result.changed]
        numbers = [number for number, event in enumerate(project.events("s1"), 1) if event.type == "tool_call"]
        assert shown == [
            ("s1", numbers[0], "Bash $ curl x.example", DENY, ALLOW, "default"),
            ("s1", numbers[1], "Bash $ git push", ASK, DENY, "commands.deny[0]"),
            ("s1", numbers[2], "Bash $ make", ALLOW, ASK, "commands.ask[0]"),
            ("s1", numbers[3], "Read a.md", ALLOW, DENY, "files.read.deny[0]"),
            ("s1", numbers[4], "Read a.md", ALLOW, DENY, "files.read.deny[0]"),
            ("s2", result.changed[5].number, "Bash $ curl x.example", DENY, ALLOW, "default"),
            ("s2", result.changed[6].number, "Bash $ git push", ASK, DENY, "commands.deny[0]"),
        ]
        assert dict(result.counts) == {"newly-allowed": 2, "newly-asked": 1, "newly-denied": 4}
        assert all(result.fails(word) for word in ("any", "newly-allowed", "newly-asked", "newly-denied"))
        assert (result.friction["files.read.deny[0]"].denied, result.friction["files.read.deny[0]"].newly) == (2, 2)

    def test_a_call_without_a_verdict_counts_as_allowed(self) -> None:
        assert effect_before(None) == ALLOW

    def test_a_question_that_could_not_be_asked_was_a_question(self) -> None:
        assert effect_before(Decision(DENY, (Reason(DENY, "ask", "nobody"), Reason(ASK, "x", "y")))) == ASK
