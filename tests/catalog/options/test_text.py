"""The options of this family."""

from __future__ import annotations

import pytest

from tests.catalog.options import SAME, malformed, rows, verdicts


def test_the_tables_are_well_formed() -> None:
    assert malformed("text") == []


@pytest.mark.parametrize(
    ("entry", "line"),
    rows(
        """
        grep -r <- grep --recursive x .
        sed -i <- sed --in-place=.bak s/a/b/ f
        """
    ),
)
def test_spellings(entry: str, line: str) -> None:
    assert verdicts(entry, line) == SAME
