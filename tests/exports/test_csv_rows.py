"""Tables that a spreadsheet reads as they are: no formulas, no broken rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.exports.csv_rows import COLUMNS, cell, written
from tests import stores
from tests.exports.stories import left, story


def rows(data: bytes) -> list[list[str]]:
    """Return what a reader makes of a table."""
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


class TestTable:
    def test_holds_every_event(self, tmp_path: Path) -> None:
        head, *found = rows(b"".join(written(left(tmp_path))))
        assert tuple(head) == COLUMNS and len(found) == len(story())
        assert [json.loads(row[5]) for row in found] == [one["data"] for one in story()]
        assert found[5][3:5] == ["c1", "1500.0"]

    def test_a_hostile_record_starts_no_formula_and_breaks_no_row(self, tmp_path: Path) -> None:
        line = stores.event("=cmd|' /C calc'!A0", 1, id="+1\n2", parent="@x", prompt="=1+1\nsecond")
        data = b"".join(written(left(tmp_path, line)))
        assert data.count(b"\n") == 2
        assert rows(data)[1][1:4] == ["'=cmd|' /C calc'!A0", "'+1\\n2", "'@x"]

    def test_of_nothing_has_its_heading(self, tmp_path: Path) -> None:
        assert rows(b"".join(written(left(tmp_path, b"torn")))) == [list(COLUMNS)]


class TestCell:
    @pytest.mark.parametrize("sign", list("=+-@\t\r＝＋－＠"))
    def test_signs_of_a_formula_get_an_apostrophe(self, sign: str) -> None:
        assert cell(f"{sign}1").startswith(("'", "\\r"))

    @given(st.text())
    def test_never_starts_a_formula_nor_breaks_a_row(self, text: str) -> None:
        made = cell(text)
        assert not made.startswith(tuple("=+-@\t\r＝＋－＠")) and len(made.splitlines()) <= 1
