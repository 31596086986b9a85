from __future__ import annotations

from pathlib import Path

import pytest

from gateway.authoring.generate.learning.seen import ASKED, DENIED, HIDDEN, INLINE_CODE, SENSITIVE, sorted_calls
from gateway.host.policy_files import policy_of_value
from tests.recorded import Call, Project, bash, read


def why(project: Project, call: Call, **settings: object) -> str:
    project.record("s", [call], **settings)  # type: ignore[arg-type]
    _, left = sorted_calls(policy_of_value({}, str(project.root)), "s", project.events("s"), str(project.root))
    return left[0].why if left else ""


class TestSortedCalls:
    @pytest.mark.parametrize(
        ("call", "want"),
        [
            (bash("ls"), ""),
            (read(".env"), ASKED),
            (read("~/.ssh/id_rsa"), DENIED),
            (read(".github/workflows/a.yml"), SENSITIVE),
            (bash("$TOOL x"), HIDDEN),
            (bash("for f in $(ls); do cat $f; done"), HIDDEN),
            (bash("python -c pass"), INLINE_CODE),
            (bash("git push --force"), ASKED),
        ],
    )
    def test_what_nothing_is_learned_from(self, tmp_path: Path, call: Call, want: str) -> None:
        assert why(Project(tmp_path), call) == want

    def test_what_the_projects_policy_denied_stays_denied(self, tmp_path: Path) -> None:
        assert why(Project(tmp_path, {"commands": {"deny": ["ls"]}}), bash("ls")) == DENIED

    def test_what_would_have_been_denied_counts_too(self, tmp_path: Path) -> None:
        assert why(Project(tmp_path, {"mode": "observe", "commands": {"deny": ["ls"]}}), bash("ls")) == DENIED

    def test_a_call_is_named_by_its_session_and_number(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        project.record("session-of-today", [bash("ls")])
        learned, _ = sorted_calls(policy_of_value({}, "/"), "session-of-today", project.events("session-of-today"), "/")
        assert [one.ref for one in learned] == [f"session-#{learned[0].number}"] and learned[0].text == "Bash $ ls"
