"""What the programs of `rows` would do."""

from __future__ import annotations

from importlib import import_module

import pytest

from gateway.catalog.programs import FAMILIES
from gateway.shell.values import Value
from tests.shell.rows import rows

test_rows = rows(
    r"""
cp --target-directory=/etc a => run cp --target-directory=/etc a · read a · write /etc/a <file:/p/a>
sort --output=out --parallel=4 in => run sort --output=out --parallel=4 in · read in · write out <file:/p/in>
timeout -k5 10 cat .env => run timeout -k5 10 cat .env [wrapper] · run cat .env · read .env
"""
)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_reader_that_is_imported_later_can_be(family: str) -> None:
    for name, row in import_module(f"gateway.shell.programs.{family}").ROWS.items():
        if callable(row):
            row((Value(name),))
