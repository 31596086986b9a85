from __future__ import annotations

from importlib import import_module

import pytest

from gateway.redaction.detector_family import DetectorFamily
from gateway.redaction.detectors import FAMILIES
from tests.protocols import members, problems

ENTRIES = [f"gateway.redaction.detectors.{name}" for name in FAMILIES]


@pytest.mark.parametrize("module", ENTRIES)
def test_every_entry_of_the_registry_satisfies_it(module: str) -> None:
    assert problems(DetectorFamily, import_module(module)) == []


def test_seeded_red() -> None:
    assert len(problems(DetectorFamily, object())) == len(members(DetectorFamily)) > 0
