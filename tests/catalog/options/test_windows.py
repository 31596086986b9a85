"""The options of this family."""

from __future__ import annotations

from tests.catalog.options import malformed


def test_the_tables_are_well_formed() -> None:
    assert malformed("windows") == []
