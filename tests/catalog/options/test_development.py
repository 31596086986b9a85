"""The options of this family."""

from __future__ import annotations

import pytest

from tests.catalog.options import SAME, malformed, rows, verdicts


def test_the_tables_are_well_formed() -> None:
    assert malformed("development") == []


@pytest.mark.parametrize(
    ("entry", "line"),
    rows(
        """
        docker compose up <- docker compose -f a.yml --profile x up
        cargo build <- cargo +nightly --color never build
        uv run x <- uv --no-progress run --with y x
        pip install <- pip --proxy x install y
        """
    ),
)
def test_spellings(entry: str, line: str) -> None:
    assert verdicts(entry, line) == SAME
