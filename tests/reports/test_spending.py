from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.large_store import fill
from tests.reports.command_line import Run
from tests.stores import call, event, session


@pytest.fixture
def filled(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store of a day and a half, and a session that tells nothing of what it used."""
    monkeypatch.setattr("gateway.reports.spending.dated", lambda: "as of today")
    fill(store, 108)
    session(store, "untold", call(0, "a", "Bash", command="x"), meta={"attribution": {"os_user": "=cmd()"}})
    return store


class TestCostBy:
    @pytest.mark.parametrize("by", ["day", "week", "model", "project", "agent", "user"])
    def test_every_way_comes_to_the_same_total(self, filled: Path, run: Run, by: str) -> None:
        document = run("cost", "--by", by, "--json").json
        total = document["total"]
        assert (total["sessions"], total["sessions_without_usage"], total["input_tokens"]) == (
            109,
            1,
            108_000 + sum(number % 50 for number in range(108)),
        )
        assert (
            sum(group["known_cost_usd"] or 0 for group in document["groups"]) == pytest.approx(total["known_cost_usd"]) and total["cost_usd"] is None
        )

    def test_what_is_not_known_is_no_number(self, filled: Path, run: Run) -> None:
        groups = {group["name"]: group for group in run("cost", "--by", "user", "--json").json["groups"]}
        assert (groups["=cmd()"]["input_tokens"], groups["=cmd()"]["cost_usd"], groups["=cmd()"]["known_cost_usd"]) == (None, None, None)
        assert groups["user0"]["cost_usd"] == groups["user0"]["known_cost_usd"] > 0
        assert groups["user3"]["cost_usd"] is None and groups["user3"]["unpriced"] == ["nobody-knows-1"]

    def test_csv_starts_no_formula_and_leaves_open_what_is_not_known(self, filled: Path, run: Run) -> None:
        rows = list(csv.DictReader(io.StringIO(run("cost", "--by", "user", "--csv").out)))
        told = {row["user"]: row for row in rows}
        assert set(told) == {"user0", "user1", "user2", "user3", "'=cmd()"}
        assert told["'=cmd()"]["cost_usd"] == told["'=cmd()"]["input_tokens"] == "" and float(told["user1"]["cost_usd"]) > 0

    @pytest.mark.parametrize(
        ("words", "sessions"),
        [
            (("--filter", "agent:codex"), 36),
            (("--filter", "verdict:deny"), 16),
            (("--since", "2026-02-03"), 44),
            (("--until", "2026-02-02"), 65),
            (("--filter", "tool:Bash error:true"), 11),
        ],
    )
    def test_of_some_sessions(self, filled: Path, run: Run, words: tuple[str, ...], sessions: int) -> None:
        assert run("cost", "--by", "agent", "--json", *words).json["total"]["sessions"] == sessions

    @pytest.mark.parametrize("width", [80, 120])
    @pytest.mark.parametrize("by", ["model", "project"])
    def test_for_people(self, filled: Path, run: Run, monkeypatch: pytest.MonkeyPatch, by: str, width: int) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        out = run("cost", "--by", by).out
        assert out == (Path(__file__).parent / "golden" / f"cost-by-{by}-{width}.txt").read_text()
        assert all(len(line) <= width for line in out.splitlines())

    def test_a_long_name_is_cut_where_a_path_says_least(self, store: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "60")
        for number, repository in enumerate(("/home/ann/" + "deep/" * 20 + "shop", "x" * 90)):
            session(store, f"s{number}", event("user_prompt", 0, prompt="x"), meta={"attribution": {"git_repo": repository}})
        lines = run("cost", "--by", "project").out.splitlines()
        assert lines[1].startswith("…") and "/shop  " in lines[1] and "xx…  " in lines[2] and all(len(line) <= 60 for line in lines[:4])

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("--by", "hour"), 2, "expected day, week"),
            (("--by", "day", "latest"), 2, "about one session"),
            (("--by", "day", "--model", "opus"), 2, "about one session"),
            (("--since", "2d"), 2, "for many sessions"),
            (("--csv",), 2, "for many sessions"),
            (("--by", "day", "--since", "2999-01-01"), 3, "fits"),
            (("--by", "day", "--filter", "tool:"), 2, "has no value"),
        ],
    )
    def test_says_what_does_not_fit(self, filled: Path, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
        ran = run("cost", *words)
        assert ran.code == code and said in ran.err and ran.out == ""
