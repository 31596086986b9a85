from __future__ import annotations

from pathlib import Path

from gateway.authoring.generate.learning.choosing import blamed, chosen_levels, tried
from gateway.authoring.generate.learning.document import LEVELS
from gateway.authoring.generate.learning.seen import Seen, sorted_calls
from gateway.host.policy_files import policy_of_value
from gateway.model.decision import Decision, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from tests.recorded import Project, bash, read


def seen(project: Project, *sessions: str) -> list[Seen]:
    beneath = policy_of_value({}, "/")
    return [one for name in sessions for one in sorted_calls(beneath, name, project.events(name), str(project.root))[0]]


class TestTried:
    def test_what_was_held_out_decides(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        for name in "abc":
            project.record(name, [read(f"src/{name}{number}/m.py") for number in range(4)] + [bash("git status")])
        rows = tried(seen(project, "a", "b", "c"), lambda document: policy_of_value(document, str(tmp_path)))
        paths = {row.level: row for row in rows if row.dimension == "paths"}
        assert (paths["exact"].held, paths["exact"].denied, paths["tree"].denied) == (15, 12, 0)
        assert [row.level for row in rows if row.chosen] == ["tree", "words", "host", "name"]
        assert paths["exact"].overgrant <= paths["tree"].overgrant <= paths["project"].overgrant
        assert chosen_levels(rows) == {"paths": LEVELS["paths"].index("tree"), "commands": 0, "hosts": 0, "tools": 0}

    def test_one_session_has_nothing_to_hold_out(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        project.record("a", [read("src/a.py"), bash("git status -s")])
        rows = tried(seen(project, "a"), lambda document: policy_of_value(document, str(tmp_path)))
        assert {row.held for row in rows} == {0} and [row.level for row in rows if row.chosen] == ["tree", "sub-command", "host", "name"]


class TestBlamed:
    def test_only_what_is_enforced_and_strict(self) -> None:
        reasons = (Reason(DENY, "files.read.allow", ""), Reason(ASK, "network.deny_all", "", shadow=True), Reason(ALLOW, "commands.allow[0]", ""))
        assert blamed(Decision(DENY, reasons)) == {"paths"}
