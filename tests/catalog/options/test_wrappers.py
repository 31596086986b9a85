"""The options of this family."""

from __future__ import annotations

import pytest

from tests.catalog.options import SAME, malformed, rows, verdicts


def test_the_tables_are_well_formed() -> None:
    assert malformed("wrappers") == []


@pytest.mark.parametrize(
    ("entry", "line"),
    rows(
        """
        sudo ls <- sudo -u root -n ls
        timeout 5 <- timeout -k 3 5 ls
        """
    ),
)
def test_spellings(entry: str, line: str) -> None:
    assert verdicts(entry, line) == SAME
