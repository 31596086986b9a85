"""The options of this family."""

from __future__ import annotations

import pytest

from tests.catalog.options import SAME, malformed, rows, verdicts


def test_the_tables_are_well_formed() -> None:
    assert malformed("network") == []


@pytest.mark.parametrize(
    ("entry", "line"),
    rows(
        """
        aws s3 ls <- aws --no-sign-request s3 ls
        gcloud compute list <- gcloud -q compute list --project x
        psql mydb <- psql -h db -qX mydb
        """
    ),
)
def test_spellings(entry: str, line: str) -> None:
    assert verdicts(entry, line) == SAME
