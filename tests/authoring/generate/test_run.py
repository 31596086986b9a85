from __future__ import annotations

from pathlib import Path

import pytest

from gateway.analysis.replay_decision import rejudged
from gateway.authoring.check.run import check_file
from gateway.authoring.generate.run import Generated, generated
from gateway.checkpoint import Checkpoint, Settings
from gateway.host.policy_files import policy_of_value
from gateway.model.call import ToolCall, ToolResult
from gateway.model.effects import ALLOW, ASK, DENY
from tests.recorded import ABLE, Call, Project, bash, read

NO = "The user doesn't want to proceed with this tool use. The tool use was rejected."


def learned(project: Project, *sessions: str) -> Generated:
    root = str(project.root)
    return generated(((name, project.events(name), root) for name in sessions), lambda document: policy_of_value(document, root))


class TestGenerated:
    @pytest.mark.parametrize("policy", [None, {"files": {"read": {"deny": ["src/b3/*"]}}}], ids=["sensitive", "denied then"])
    def test_what_was_left_out_is_not_let_in_by_what_was_generalised(self, tmp_path: Path, policy: object) -> None:
        odd = read("src/deep/credentials.json") if policy is None else read("src/b3/m.py")
        project = Project(tmp_path, policy)
        for name in "ab":
            project.record(name, [read(f"src/{name}{number}/m.py") for number in range(3)] + [odd])
        found = learned(project, "a", "b")
        compiled = policy_of_value(found.document, str(tmp_path))
        assert any(entry["match"] == "./src/**" for entry in found.document["files"]["read"]["allow"])
        for event in project.calls("a")[-1:]:
            assert rejudged(compiled, event, str(tmp_path))[1].effect != ALLOW

    def test_a_denied_thing_is_denied_and_says_when(self, tmp_path: Path) -> None:
        project = Project(tmp_path, {"files": {"read": {"deny": ["src/private.py"]}}})
        for name in "ab":
            project.record(name, [read(f"src/{name}{number}/m.py") for number in range(3)] + [read("src/private.py")])
        found = learned(project, "a", "b")
        (entry,) = found.document["files"]["read"]["deny"]
        assert entry["match"] == "./src/private.py" and entry["reason"].startswith("denied (then, by files.read.deny[0]): a#")
        compiled = policy_of_value(found.document, str(tmp_path))
        assert rejudged(compiled, project.calls("a")[-1], str(tmp_path))[1].effect == DENY

    @pytest.mark.parametrize("call", [bash("make"), bash("python -c pass"), bash("bash"), bash("uv run python -c pass")])
    def test_what_would_open_a_door_is_left_out_and_said(self, tmp_path: Path, call: Call) -> None:
        project = Project(tmp_path)
        project.record("a", [call, bash("git status")])
        found = learned(project, "a")
        assert [one.seen.text for one in found.left_out] == [f"Bash $ {call[1]['command']}"] and found.learned == 1

    def test_tools_of_servers_alone_are_no_mistake_of_whoever_reads_it(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        project.record("a", [("mcp__tracker__get_ticket", {"id": 1})])
        project.write(learned(project, "a").document)
        report = check_file(str(project.policy))
        assert (report.error, report.findings) == ("", ())

    def test_a_refused_search_that_would_have_found_nothing_is_asked_about(self, tmp_path: Path) -> None:
        search = ("Grep", {"pattern": "x", "glob": "*.py", "path": "docs"})
        project = Project(tmp_path)
        checkpoint = Checkpoint(Settings(ABLE, trace_dir=project.store))
        for number, (tool, given) in enumerate((read("src/a.py"), ("Grep", {"pattern": "y", "path": "src"}), search)):
            checkpoint.before(ToolCall(tool, given, id=f"c{number}", session="a", cwd=str(tmp_path)))
            said = NO if number == 2 else "done"
            checkpoint.after(ToolResult(tool, said, id=f"c{number}", session="a", failed=number == 2, cwd=str(tmp_path)))
        found = learned(project, "a")
        assert [entry["match"] for entry in found.document["files"]["read"]["ask"]] == ["./docs/**/*.py"]
        policy = policy_of_value(found.document, str(tmp_path))
        assert [rejudged(policy, event, str(tmp_path))[1].effect for event in project.calls("a")] == [ALLOW, ALLOW, ASK]
        project.write(found.document)
        assert not check_file(str(project.policy)).findings

    def test_nothing_to_learn_from(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        project.record("a", [read(".env")])
        assert learned(project, "a").document == {}

    def test_examples_come_from_the_calls(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        project.record("a", [bash("git status")])
        assert learned(project, "a").document["examples"] == [{"call": {"tool": "Bash", "input": {"command": "git status"}}, "expect": "allow"}]
