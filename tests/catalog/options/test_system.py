"""The options of this family."""

from __future__ import annotations

import pytest

from tests.catalog.options import SAME, malformed, rows, verdicts


def test_the_tables_are_well_formed() -> None:
    assert malformed("system") == []


@pytest.mark.parametrize(
    ("entry", "line"),
    rows(
        """
        systemctl stop <- systemctl -M box stop x
        ip addr <- ip -n ns -br addr
        """
    ),
)
def test_spellings(entry: str, line: str) -> None:
    assert verdicts(entry, line) == SAME
