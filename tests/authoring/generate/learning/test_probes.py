from __future__ import annotations

from pathlib import Path

from gateway.authoring.generate.learning.document import Wanted
from gateway.authoring.generate.learning.probes import probes
from gateway.authoring.generate.learning.seen import sorted_calls
from gateway.host.policy_files import policy_of_value
from tests.recorded import Project, bash, read


class TestProbes:
    def test_neighbours_are_not_what_was_seen(self, tmp_path: Path) -> None:
        project = Project(tmp_path)
        calls = [read("src/a.py"), read("src/unseen.py"), bash("git status"), ("WebFetch", {"url": "https://a.x.org"}), ("mcp__s__get_a", {})]
        project.record("s", calls)
        seen, _ = sorted_calls(policy_of_value({}, "/"), "s", project.events("s"), str(tmp_path))
        found = {name: {action.words or action.target for action in actions} for name, actions in probes(Wanted(seen)).items()}
        assert "./src/unseen.py" not in found["paths"] and {"./src/unseen/unseen.py", "~/unseen.py", "/unseen/unseen.py"} <= found["paths"]
        assert {("git", "unseen"), ("git", "status", "unseen"), ("unseen", "status")} <= found["commands"]
        assert found["hosts"] == {"unseen.x.org", "unseen.example"}
        assert {"mcp__s__unseen", "mcp__s__get_unseen", "mcp__unseen__get_a"} <= found["tools"]
