from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.large_store import fill
from tests.reports.command_line import Run
from tests.stores import call, event, pytest_story, session, verdict


@pytest.fixture
def days(store: Path) -> Path:
    """Return a store of sessions on four days."""
    usage = {"input_tokens": 100_000, "output_tokens": 0}
    for at in range(4):
        lines = [{**one, "timestamp": one["timestamp"] + at * 86_400} for one in pytest_story()]
        answer = event("assistant_response", at * 86_400 + 1, model="claude-sonnet-4-5", usage=usage, message_id=f"m{at}")
        path = session(store, f"day{at}", *lines, *([answer, answer] if at else []), meta={"agent_name": "claude-code"})
        os.utime(path, (1_001 + at, 1_001 + at))
    os.utime(session(store, "denied", call(0, "a", "Read", verdict("deny"), file_path=".env"), meta={"agent_name": "cursor"}), (1_000, 1_000))
    return store


class TestDashboard:
    def test_totals_trends_and_tables(self, days: Path, run: Run) -> None:
        said = run("dashboard").out
        for part in (
            "5 sessions, ",
            "  Tool calls:  17\n",
            "  Errors:      4 (1 of 5 sessions without)\n",
            "  Verdicts:    1 blocked\n",
            "  Tokens:      300,000\n",
            "  Cost:        $0.9000 (2 sessions do not tell what they used)\n",
            "Over time (a day a bar, oldest first)\n  Tool calls  █▇▇▇  most 5\n",
            "  Refused     █     most 1\n",
            "  Cost         ███  most $0.3000\n",
            "  Bash                                    8       4 ",
            "Refused by\n       1  files.read.deny[0]\n",
            "Agents\n       4  claude-code\n       1  cursor\n",
        ):
            assert part in said, part
        assert "  day3               2026-02-0" in said and said.count("$0.3000") == 4

    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            ((), ["day3", "day2", "day1", "day0", "denied"]),
            (("--last", 2), ["day3", "day2"]),
            (("--since", "2026-02-04"), ["day3", "day2"]),
            (("--agent", "cursor"), ["denied"]),
        ],
    )
    def test_which(self, days: Path, run: Run, words: tuple[str, ...], shown: list[str]) -> None:
        found = run("dashboard", "--json", *words).json
        assert [one["session"] for one in found["list"]] == shown and found["sessions"] == len(shown)

    def test_as_json(self, days: Path, run: Run) -> None:
        found = run("dashboard", "--json").json
        assert (found["tool_calls"], found["errors"], found["cost_usd"], found["tokens"]) == (17, 4, 0.9, 300_000)
        assert found["trend"]["by"] == "day" and [point["cost_usd"] for point in found["trend"]["points"]] == [0.0, 0.3, 0.3, 0.3]
        assert found["tools"][0]["tool"] == "Bash" and found["tools"][0]["mean_ms"] == 13_735.0

    def test_nothing_to_show(self, store: Path, run: Run) -> None:
        assert run("dashboard").code == 3
        session(store, "s", event("x"))
        said = run("dashboard").out
        assert "Cost:        ? (no session tells what it used" in said and "  nothing to show\n" in said
        assert run("dashboard", "--since", "2999-01-01").code == 3


class TestFilter:
    @pytest.mark.parametrize(
        ("words", "sessions"),
        [
            ((), 8),
            (("verdict:deny",), 2),
            (("tool:Bash", "error:true"), 1),
            (("agent:codex",), 3),
            (("agent:codex", "--last", 2), 2),
            (("--until", "2026-02-01"), 0),
        ],
    )
    def test_which_sessions(self, store: Path, run: Run, words: tuple[str | int, ...], sessions: int) -> None:
        fill(store, 8)
        ran = run("dashboard", "--json", *words)
        assert (ran.json["sessions"] if sessions else ran.code) == (sessions or 3)
