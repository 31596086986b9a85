from __future__ import annotations

from pathlib import Path
from typing import Any

from gateway.authoring.generate.learning.document import Support, Wanted, written
from gateway.authoring.generate.learning.seen import sorted_calls
from gateway.host.policy_files import policy_of_value
from gateway.policy.parse import parse_value
from tests.recorded import Call, Project, bash, read

EXACT = {"paths": 0, "commands": 0, "hosts": 0, "tools": 0}


def document(folder: Path, *calls: Call) -> dict[str, Any]:
    project = Project(folder)
    project.record("first", list(calls))
    project.record("second", list(calls))
    seen = [one for name in ("first", "second") for one in sorted_calls(policy_of_value({}, "/"), name, project.events(name), str(folder))[0]]
    return written(Wanted(seen), EXACT)


class TestWritten:
    def test_every_list_is_closed(self, tmp_path: Path) -> None:
        found = document(tmp_path, read("a.py"))
        assert found["files"]["write"] == {"deny": [{"match": "/**", "reason": "no file was seen to be written"}]}
        assert "delete" not in found["files"]
        assert found["commands"] == {"deny": [{"match": "*", "reason": "no command was seen"}]}
        assert found["network"] == {"deny_all": True}
        assert [entry["match"] for entry in found["tools"]["allow"]] == ["Read"]
        parse_value(found, "generated")

    def test_a_list_of_servers_tools_alone_says_that_it_means_it(self, tmp_path: Path) -> None:
        found = document(tmp_path, ("mcp__tracker__get_ticket", {"id": 1}))
        assert [entry["match"] for entry in found["tools"]["allow"]] == ["mcp__tracker__get_ticket", "agent-strace"]

    def test_every_reason_names_its_events(self, tmp_path: Path) -> None:
        found = document(tmp_path, bash("git status"))
        (entry,) = found["commands"]["allow"]
        assert entry["match"] == "git status" and entry["reason"].startswith("seen in 2 sessions: first#") and "second#" in entry["reason"]

    def test_reasons_stay_short(self) -> None:
        assert Support(("a#1",), 1).reason == "seen in 1 session: a#1"
        assert Support(tuple(f"a#{number}" for number in range(9)), 2).reason == "seen in 2 sessions: a#0, a#1, a#2, a#3 and 5 more"
