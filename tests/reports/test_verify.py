from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gateway.host.user_folders import state_folder
from tests.command_line import run, run_json
from tests.recorded import Project, bash, read
from tests.stores import event, session


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
        assert one["verdicts"] == {"same": 3, "differs": 0, "cleaned": 0, "unknown_policy": 0, "unknown_grant": 0, "not_judged": 0}

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

    def test_without_hashes_nothing_is_called_whole(self, tmp_path: Path) -> None:
        session(tmp_path, "old", event("user_prompt", prompt="x"), event("note", 1))
        code, out, err = run("--trace-dir", str(tmp_path), "verify")
        assert code == 3 and out.startswith("? old: 2 events, no line carries the hash") and "not every record could be checked" in err
        (one,) = run_json("--trace-dir", str(tmp_path), "verify", "--json", code=3)["sessions"]
        assert one["whole"] is False and one["problem"] == ""

    @pytest.mark.parametrize("how", ["emptied", "stripped", "gone", "no meta"])
    def test_a_record_that_was_cut_is_a_finding(self, project: Project, how: str) -> None:
        path = Path(project.store, "one", "events.ndjson")
        if how == "emptied":
            path.write_text("")
        elif how == "stripped":
            bare = [{key: value for key, value in json.loads(line).items() if key != "prev_hash"} for line in path.read_text().splitlines()]
            path.write_text("".join(json.dumps(one) + "\n" for one in bare))
        elif how == "gone":
            project.record("two", [bash("make")])
            path.unlink()
        else:
            (path.parent / "meta.json").unlink()
            lines = path.read_text().splitlines()
            path.write_text(json.dumps(event("session_start")) + "\n" + "\n".join(lines[1:]) + "\n")
        code, out, _ = run("verify", "--all")
        assert code == 1 and "✗ one" in out
