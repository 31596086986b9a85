"""The options of this family."""

from __future__ import annotations

import pytest

from tests.catalog.options import SAME, malformed, rows, verdicts


def test_the_tables_are_well_formed() -> None:
    assert malformed("interpreters") == []


@pytest.mark.parametrize(
    ("entry", "line"),
    rows(
        """
        gradle build <- gradle -x test --no-daemon build
        just test <- just -f j -d . test
        """
    ),
)
def test_spellings(entry: str, line: str) -> None:
    assert verdicts(entry, line) == SAME
