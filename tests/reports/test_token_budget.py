"""`token-budget` as it is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import run, run_json
from tests.reports.test_cost import ESTIMATED, event, store
from tests.stores import event as stored
from tests.stores import session


def used(number: int, tokens: int) -> dict[str, object]:
    """Return a response after a prompt of so many tokens."""
    return event(number, "llm_response", model="claude-3-5-sonnet-20241022", usage={"input_tokens": tokens, "output_tokens": 0})


class TestBudget:
    @pytest.mark.parametrize(
        ("options", "code", "limit"),
        [
            ((), 0, 200_000),
            (("--warn-at", "75"), 1, 200_000),
            (("--model", "claude-3-opus"), 0, 200_000),
            (("--model", "gpt-4o", "--warn-at", "75"), 1, 128_000),
            (("--model", "gemini-1.5-pro"), 0, 1_000_000),
            (("--limit", "150000"), 1, 150_000),
            (("--model", "nobody-1", "--limit", "1000000"), 0, 1_000_000),
        ],
    )
    def test_threshold(self, tmp_path: Path, options: tuple[str, ...], code: int, limit: int) -> None:
        where = store(tmp_path, used(1, 10), used(2, 150_000))
        data = run_json("--trace-dir", where, "token-budget", "abc123", *options, "--json", code=code)
        assert (data["used_tokens"], data["limit"], data["estimated"], data["past"]) == (150_000, limit, False, code == 1)

    def test_requests_are_not_added_up(self, tmp_path: Path) -> None:
        data = run_json("--trace-dir", store(tmp_path, used(1, 150_000), used(2, 90_000)), "token-budget", "--json")
        assert (data["used_tokens"], data["peak_tokens"]) == (90_000, 150_000)

    def test_text_marks_an_estimate(self, tmp_path: Path) -> None:
        code, out, _ = run("--trace-dir", store(tmp_path, *ESTIMATED), "token-budget", "abc123", "--model", "gpt-4o")
        assert code == 0 and "an estimate" in out and "128,000 tokens" in out and "Below the threshold" in out

    def test_an_unknown_window_is_said(self, tmp_path: Path) -> None:
        code, _, err = run("--trace-dir", store(tmp_path, *ESTIMATED), "token-budget", "--model", "nobody-1")
        assert code == 4 and "`nobody-1`" in err and "--limit" in err


class TestNothing:
    def test_a_session_that_nothing_is_known_of_does_not_pass(self, tmp_path: Path) -> None:
        session(tmp_path, "s", stored("session_start", 0), stored("session_end", 1))
        assert run("--trace-dir", str(tmp_path), "token-budget", "s")[0] == 3
