from __future__ import annotations

from importlib import import_module

import pytest

from gateway.exports import FORMATS
from gateway.exports.export_format import ExportFormat
from tests.protocols import members, problems

ENTRIES = [f"gateway.exports.{name}" for name in FORMATS.values()]


@pytest.mark.parametrize("module", ENTRIES)
def test_every_entry_of_the_registry_satisfies_it(module: str) -> None:
    assert problems(ExportFormat, import_module(module)) == []


def test_seeded_red() -> None:
    assert len(problems(ExportFormat, object())) == len(members(ExportFormat)) > 0
