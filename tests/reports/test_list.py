from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.reports.table import cells
from tests.large_store import fill
from tests.reports.command_line import Run
from tests.stores import BEGIN, call, event, pytest_story, session, verdict


@pytest.fixture
def three(store: Path) -> Path:
    """Return a store of three sessions, a day apart."""
    os.utime(session(store, "new", *pytest_story(), meta={"agent_name": "claude-code"}), (3_000, 3_000))
    denied = call(-86_400, "a", "Read", verdict("deny"), file_path=".env")
    os.utime(session(store, "mid", denied, meta={"agent_name": "cursor"}), (2_000, 2_000))
    os.utime(session(store, "old", event("x", -200_000)), (1_000, 1_000))
    return store


class TestList:
    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            ((), ["new", "mid", "old"]),
            (("--last", 2), ["new", "mid"]),
            (("--agent", "cursor"), ["mid"]),
            (("--verdict", "deny"), ["mid"]),
            (("--since", "2026-02-01"), ["new", "mid"]),
            (("--since", "2026-02-01", "--last", 1, "--agent", "c"), ["new"]),
            (("--until", "2026-01-31"), ["old"]),
            (("verdict:deny",), ["mid"]),
            (("agent:claude",), ["new"]),
            (("tool:Bash", "error:true"), ["new"]),
            (("tool:Bash", "verdict:deny"), []),
            (("passing",), ["new"]),
            (("tool:Read", "path:*.env"), ["mid"]),
            (("tool:Read", "--last", 1), ["new"]),
        ],
    )
    def test_which(self, three: Path, run: Run, words: tuple[str, ...], shown: list[str]) -> None:
        if not shown:
            assert run("list", *words).code == 3
            return
        assert [row["session"] for row in run("list", "--json", *words).json["sessions"]] == shown
        assert [line.split()[0] for line in run("list", *words).out.splitlines()] == ["Session", *shown]

    def test_a_row_tells_what_the_session_was(self, three: Path, run: Run) -> None:
        row = run("list", "--json").json["sessions"][0]
        assert (row["agent"], row["events"], row["tool_calls"], row["errors"], row["first"], row["ended"]) == ("claude-code", 12, 4, 1, BEGIN, True)
        assert "1 blocked" in run("list", "--agent", "cursor").out

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("--agent", "nobody"), 3, "no session in"),
            (("--since", "2999-01-01"), 3, "fits"),
            (("--since", "someday"), 2, "expected a date"),
            (("--until", "2026-99-01"), 2, "expected a date"),
            (("verdct:deny",), 2, "is no key of a filter"),
            (("--verdict", "no"), 2, "expected allow, ask or deny"),
            (("--last", 0), 2, "Error"),
        ],
    )
    def test_says_what_does_not_fit(self, three: Path, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
        found = run("list", *words)
        assert found.code == code and said in found.err and found.out == ""

    def test_an_empty_store(self, run: Run) -> None:
        assert run("list").code == 3

    def test_times_that_no_calendar_has(self, store: Path, run: Run) -> None:
        session(store, "s", {"event_type": "x", "timestamp": 1e300}, {"event_type": "x", "timestamp": -1e300})
        assert run("list").code == 0 and run("show").code == 0 and run("replay").code == 0


class TestTable:
    """What a person reads, at the usual two widths."""

    @pytest.mark.parametrize("width", [80, 120])
    def test_titles_fit(self, store: Path, run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        fill(store, 8)
        title = event("user_prompt", 10_000, prompt="日本語の長い題名を持つセッションで、列からはみ出してはならないもの " * 3)
        both = (call(10_001, "a", "Bash", verdict("ask"), command="x"), call(10_002, "b", "Bash", verdict("deny"), command="y"))
        for at, (name, lines) in enumerate(
            (("3f2a0001-aaaa-bbbb-cccc-000000000001", (title,)), ("91ff0001-aaaa-bbbb-cccc-000000000002", (title, *both)))
        ):
            os.utime(session(store, name, *lines, meta={"agent_name": "claude-code"}), (BEGIN + 90_000 + at, BEGIN + 90_000 + at))
        out = run("list").out
        assert out == (Path(__file__).parent / "golden" / f"list-{width}.txt").read_text()
        assert all(cells(line) <= width for line in out.splitlines())

    @pytest.mark.parametrize("width", [60, 80, 100, 120])
    def test_names_that_are_nearly_the_same_cut_no_row(self, store: Path, run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        refused = [call(at, f"c{at}", "Bash", verdict("ask" if at % 2 else "deny"), command="x") for at in range(200)]
        for last in "12":
            session(store, f"3f2a0001-aaaa-bbbb-cccc-00000000000{last}", *refused)
        lines = run("list").out.splitlines()
        assert len({line.split()[0] for line in lines[1:]}) == 2
        assert width < 80 or all(cells(line) <= width for line in lines)

    def test_a_shortened_name_is_one_that_commands_take(self, store: Path, run: Run) -> None:
        fill(store, 3)
        for line in run("list").out.splitlines()[1:]:
            assert run("show", line.split()[0]).code == 0
