from __future__ import annotations

from pathlib import Path

from gateway.analysis.audit import Kept, Terms
from tests.recorded import Project, bash, read
from tests.reports.audits import audit_of, recorded


def told(kept: Kept) -> list[str]:
    return [found.told for found in kept.calls]


class TestAudited:
    def test_each_call_under_what_the_policy_says_of_it(self, tmp_path: Path) -> None:
        audit = audit_of(recorded(tmp_path))
        assert told(audit.allowed) == ["Read src/a.py"]
        assert told(audit.silent) == ["Ran: ls", "Ran: make all"]
        assert told(audit.asked) == ["Ran: git push"]
        assert [found.split()[1] for found in told(audit.violations)] == ["src/b", "curl", ".github/workflows/ci.yml", "/etc/hosts"]
        assert [path for path, _ in audit.sensitive] == ["src/b & <c>.key", ".github/workflows/ci.yml"]
        assert (audit.calls, audit.failing) == (8, 4) and audit.events > audit.calls

    def test_many_calls_are_counted_and_few_are_kept(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        project.record("s", [bash("ls")] * 20 + [read("~/.ssh/id_rsa")] * 20)
        audit = audit_of(project, "s", Terms(keep=5))
        assert (audit.silent.count, len(audit.silent.calls)) == (20, 5)
        assert (audit.violations.count, len(audit.violations.calls)) == (20, 20)

    def test_known_findings_do_not_fail(self, tmp_path: Path) -> None:
        project = recorded(tmp_path)
        first = audit_of(project)
        known = frozenset(found.key for kept in (first.violations, first.asked) for found in kept.calls[:1])
        audit = audit_of(project, terms=Terms(known=known))
        assert (audit.known.count, audit.violations.count, audit.failing, audit.asked.count) == (2, 3, 3, 0)

    def test_what_was_blocked_may_not_count(self, tmp_path: Path) -> None:
        audit = audit_of(recorded(tmp_path, observe=False), terms=Terms(ignore_blocked=True))
        assert (audit.violations.count, audit.failing) == (4, 0) and all(found.blocked for found in audit.violations.calls)


class TestShadow:
    def test_an_observed_entry_an_observed_document_an_observed_session(self, tmp_path: Path) -> None:
        entry = audit_of(recorded(tmp_path / "a", observe=False))
        assert told(entry.shadow) == ["Ran: make all"] and entry.shadow.calls[0].hidden[0].rule == "commands.deny[1]"
        document = Project(tmp_path / "b", {"mode": "observe", "commands": {"deny": ["make"]}})
        assert document.record("session-1", [bash("make"), bash("ls"), read("~/.ssh/id_rsa")]) == ["allow", "allow", "deny"]
        assert told(audit_of(document).shadow) == ["Ran: make"]
        session = recorded(tmp_path / "c")
        assert len(audit_of(session).shadow.calls) == 6

    def test_what_was_refused_needs_no_enforcing(self, tmp_path: Path) -> None:
        project = Project(tmp_path, {"commands": {"deny": ["make"]}})
        project.record("session-1", [bash("make")])
        assert audit_of(project).shadow.count == 0
