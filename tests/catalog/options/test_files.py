"""The options of this family."""

from __future__ import annotations

import pytest

from tests.catalog.options import SAME, malformed, rows, verdicts


def test_the_tables_are_well_formed() -> None:
    assert malformed("files") == []


@pytest.mark.parametrize(
    ("entry", "line"),
    rows(
        """
        rm -rf <- rm --force -r x
        cp -r <- cp --recursive a b
        """
    ),
)
def test_spellings(entry: str, line: str) -> None:
    assert verdicts(entry, line) == SAME
