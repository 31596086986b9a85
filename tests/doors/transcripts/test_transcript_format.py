from __future__ import annotations

from importlib import import_module

import pytest

from gateway.doors.transcripts import FORMATS
from gateway.doors.transcripts.transcript_format import TranscriptFormat
from tests.protocols import members, problems

ENTRIES = [f"gateway.doors.transcripts.{name}" for name in FORMATS.values()]


@pytest.mark.parametrize("module", ENTRIES)
def test_every_entry_of_the_registry_satisfies_it(module: str) -> None:
    assert problems(TranscriptFormat, import_module(module)) == []


def test_seeded_red() -> None:
    assert len(problems(TranscriptFormat, object())) == len(members(TranscriptFormat)) > 0
