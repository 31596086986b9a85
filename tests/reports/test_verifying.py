from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gateway.host.folders import state_folder
from tests.command_line import run, run_json
from tests.recorded import Project, bash, read


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    found = Project(tmp_path, {"commands": {"deny": ["curl"]}})
    found.record("one", [bash("curl x.example"), bash("make"), read(".env")])
    monkeypatch.chdir(tmp_path)
    return found


def changed(project: Project, before: str, after: str) -> None:
    path = Path(project.store, "one", "events.ndjson")
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


class TestVerify:
    def test_a_whole_record(self, project: Project) -> None:
        code, out, _ = run("verify")
        assert code == 0 and "the record is whole" in out

    def test_a_changed_line_is_seen(self, project: Project) -> None:
        changed(project, "curl x.example", "curl y.example")
        code, out, _ = run("verify", "one")
        assert code == 1 and "does not fit" in out

    def test_every_verdict_is_reached_again(self, project: Project) -> None:
        (one,) = run_json("verify", "--decisions", "--json")["sessions"]
        assert one["verdicts"] == {"same": 3, "differs": 0, "cleaned": 0, "unknown_policy": 0, "not_judged": 0}

    def test_under_the_revision_that_held_then(self, project: Project) -> None:
        project.write({"commands": {"deny": ["make"]}})
        project.record("one", [bash("curl x.example"), bash("make")])
        project.write({"extends": ["strict"]})
        (one,) = run_json("verify", "--decisions", "--json")["sessions"]
        assert (one["verdicts"]["same"], one["verdicts"]["unknown_policy"]) == (5, 0)

    def test_a_changed_verdict_is_seen(self, project: Project) -> None:
        path = Path(project.store, "one", "events.ndjson")
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            value = json.loads(line)
            if value["event_type"] == "tool_call" and "curl" in line:
                value["data"]["decision"]["effect"] = "allow"
                lines[number] = json.dumps(value)
        path.write_text("\n".join(lines) + "\n")
        code, out, _ = run("verify", "--decisions")
        assert code == 1 and "recorded allow, now deny (commands.deny[0])" in out

    def test_policies_that_nobody_kept(self, project: Project) -> None:
        shutil.rmtree(state_folder())
        project.policy.unlink()
        code, out, err = run("verify", "--decisions")
        assert code == 3 and "3 under a policy that is not kept here" in out and "no verdict could be reached" in err

    def test_todays_policy_serves_where_it_is_still_that_one(self, project: Project) -> None:
        shutil.rmtree(state_folder())
        assert run("verify", "--decisions")[0] == 0

    def test_nothing_to_verify(self, tmp_path: Path) -> None:
        assert run("--trace-dir", str(tmp_path / "none"), "verify")[0] == 3
