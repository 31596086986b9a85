from __future__ import annotations

import os
from pathlib import Path

import pytest

from gateway.model.errors import NothingError
from gateway.reports.session_selection import chosen


@pytest.fixture
def store(tmp_path: Path) -> str:
    for number, name in enumerate(("old", "middle", "new")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "events.ndjson").write_text("{}\n")
        when = 1_750_000_000 + number * 86400 * 10
        os.utime(tmp_path / name / "events.ndjson", (when, when))
    return str(tmp_path)


class TestChosen:
    @pytest.mark.parametrize(
        ("names", "last", "since", "everything", "want"),
        [
            (None, None, "", False, ["new"]),
            (["latest"], None, "", False, ["new"]),
            (["old", "mid", "old"], None, "", False, ["old", "middle"]),
            (None, 2, "", False, ["new", "middle"]),
            (None, None, "2025-06-20", False, ["new", "middle"]),
            (None, None, "", True, ["new", "middle", "old"]),
            (["old", "new"], 1, "", False, ["new"]),
        ],
    )
    def test_table(self, store: str, names: list[str] | None, last: int | None, since: str, everything: bool, want: list[str]) -> None:
        assert chosen(store, names, last, since, everything) == want

    @pytest.mark.parametrize(("names", "since"), [(["nosuch"], ""), (None, "2999-01-01")])
    def test_nothing_fits(self, store: str, names: list[str] | None, since: str) -> None:
        with pytest.raises(NothingError):
            chosen(store, names, None, since, False)
