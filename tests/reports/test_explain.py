from __future__ import annotations

from pathlib import Path

from tests.analysis.test_phases import README
from tests.reports.command_line import Run
from tests.stores import call, event, result, session, verdict

META = {"attribution": {"working_dir": "/p"}}

SAMPLE = """\
Session: abc123 (2m 05s, 12 events)

Phase 1: fix the auth module (0:00–0:04, 6 events)
  Read: AGENTS.md, src/auth.py

Phase 2: run tests — FAILED (0:05–1:19, 4 events)
  Ran: python -m pytest
  Ran: python -m pytest ← retry

Phase 3: run tests (1:20–2:05, 2 events)
  Ran: uv run pytest

Files touched: 2 read, 0 written
Retries: 1 (wasted 1m 14s, 59% of session)
"""


class TestExplain:
    def test_reproduces_the_sample_of_the_readme(self, store: Path, run: Run) -> None:
        session(store, "abc123", *README, meta=META)
        assert run("explain", "abc").out == SAMPLE == run("explain").out

    def test_as_json(self, store: Path, run: Run) -> None:
        session(store, "abc123", *README, meta=META)
        found = run("explain", "--json").json
        assert (found["events"], found["retries"], found["files_read"]) == (12, 1, ["/p/AGENTS.md", "/p/src/auth.py"])
        assert [(one["label"], one["failed"], one["first_event"]) for one in found["phases"]] == [
            ("fix the auth module", False, 1),
            ("run tests", True, 7),
            ("run tests", False, 11),
        ]
        assert found["phases"][1]["deeds"][1] == {
            "event": 9,
            "tool": "Bash",
            "subject": "python -m pytest",
            "outcome": "failed",
            "failed": True,
            "retry": True,
            "seconds": 34.0,
        }

    def test_long_phases_are_cut_and_counted(self, store: Path, run: Run) -> None:
        calls = [(call(at, f"c{at}", "Bash", command=f"ls {at}"), result(at, f"c{at}", "Bash")) for at in range(1_500)]
        session(store, "s", *(line for pair in calls for line in pair))
        said = run("explain").out
        assert "  … and 1440 more" in said and said.count("Ran: ") == 60

    def test_tells_of_tools_it_does_not_know_and_of_what_was_blocked(self, store: Path, run: Run) -> None:
        denied = call(1, "a", "mcp__db__query", verdict("deny"), sql="select 1")
        session(store, "s", denied, call(2, "b", "mcp__db__query", sql="select 2"), result(3, "b", "mcp__db__query"), event("session_end", 4))
        said = run("explain").out
        assert "  Used: mcp__db__query select 2\n" in said and said.endswith("Blocked: 1\n")
        assert "  Not done: mcp__db__query select 1 (refused by policy)\n" in said

    def test_an_empty_session_and_none(self, store: Path, run: Run) -> None:
        assert run("explain").code == 3
        session(store, "s")
        assert run("explain").out == "Session: s (0ms, 0 events)\n\nFiles touched: 0 read, 0 written\n"
        assert run("explain", "--json").json["phases"] == []
