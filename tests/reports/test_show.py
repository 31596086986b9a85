from __future__ import annotations

from pathlib import Path

from tests.reports.command_line import Run
from tests.stores import call, event, pytest_story, session, verdict

META = {
    "agent_name": "claude-code",
    "parent_session_id": "p1",
    "parent_event_id": "e1",
    "attribution": {
        "os_user": "alice",
        "agent_provider": "claude-code",
        "git_repo": "/home/alice/projects/myapp",
        "git_branch": "feat/my-feature",
        "git_commit": "a1b2c3d" + "0" * 33,
        "working_dir": "/home/alice/projects/myapp",
        "process_ancestry": [{"pid": 3, "name": "claude"}, "bash"],
    },
}


class TestShow:
    def test_tells_what_the_readme_says(self, store: Path, run: Run) -> None:
        session(store, "s1", *pytest_story(), meta=META)
        said = run("show", "s1").out
        assert said.startswith('Session s1 (1m 53s, 12 events, 4 tool calls)\n  "how many tests does this project have? run them"\n\nAttribution\n')
        for line in (
            "  User:       alice",
            "  Provider:   claude-code",
            "  Branch:     feat/my-feature",
            "  Commit:     a1b2c3d00000",
            "  CWD:        /home/alice/projects/myapp",
            "  Processes:  claude ← bash",
            "  Started by: p1 event e1",
            "Errors:      1",
            "Files:       1 read, 0 written",
            "  Read /p/pyproject.toml",
            "Integrity:   no line carries the hash of the line before it: another tool or version wrote the record, or they were taken out",
        ):
            assert line in said.splitlines()

    def test_tells_verdicts_rules_and_policy(self, store: Path, run: Run) -> None:
        session(store, "s", call(0, "a", "Read", verdict("deny"), file_path=".env"), b"junk\n", event("x", -9_000))
        said = run("show").out.splitlines()
        assert "Verdicts:    1 deny" in said and "  files.read.deny[0]: 1 deny [.agent-scope.json:3]" in said
        assert "Policy:      sha256:abc" in said and "  nothing was noted" in said and "Skipped:     1 lines that hold no event" in said
        assert "Clock:       went back 1 times; times are counted on" in said and any(line.endswith(", not ended") for line in said)

    def test_as_json(self, store: Path, run: Run) -> None:
        session(store, "s1", *pytest_story(), meta=META)
        found = run("show", "--json").json
        assert found["attribution"] == META["attribution"] and found["files_read"] == ["/p/pyproject.toml"]
        assert (
            found["integrity"]["intact"] is False
            and found["integrity"]["unchecked"].startswith("no line carries the hash")
            and found["ended"] is True
        )

    def test_a_changed_record_is_said(self, store: Path, run: Run) -> None:
        session(store, "s", event("x", 0), {**event("x", 1), "prev_hash": "0" * 64})
        assert "Integrity:   line 2 does not fit the line before it: the record was changed" in run("show").out
