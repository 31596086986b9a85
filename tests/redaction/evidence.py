"""Every detector brings its evidence: its own samples are found, look-alikes are not, by itself or by any other."""

from __future__ import annotations

import random

import pytest

from gateway.redaction.detector import Detector
from gateway.redaction.scan import Armed, family, spans
from tests.redaction.samples import built, sample, written

SEEDS = 3


def found(text: str) -> list[tuple[str, str]]:
    """Return (kind, value) of everything the whole registry finds in a text."""
    return [(kind, text[start:end]) for start, end, kind in spans(text, Armed(text))]


def evidence(name: str) -> type:
    """Return the tests of one family, each over all of its detectors."""
    alone, named = family(name)
    detectors = (*alone.values(), *named)
    each = pytest.mark.parametrize("detector", detectors, ids=[detector.id for detector in detectors])

    class TestEvidence:
        @each
        def test_own_samples_are_found_whole(self, detector: Detector) -> None:
            for seed in range(SEEDS):
                source = random.Random(f"{detector.id}{seed}")
                for form in detector.forms:
                    value = sample(detector, form, source)
                    for text in written(detector, value):
                        told = found(text)
                        assert len(told) == 1 and told[0][0] == detector.id and value in told[0][1], (text, told)

        @each
        def test_look_alikes_are_found_by_nobody(self, detector: Detector) -> None:
            assert detector.misses
            for seed in range(SEEDS):
                source = random.Random(f"{detector.id}{seed}")
                for form in detector.misses:
                    for text in written(detector, built(form, source)):
                        assert found(text) == [], text

    return TestEvidence
