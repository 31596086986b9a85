from __future__ import annotations

from pathlib import Path

from gateway.redaction import index
from tests.redaction.fresh_index import text_of_index
from tests.redaction.samples import all_detectors


class TestIndex:
    def test_is_what_the_families_say(self) -> None:
        assert Path(index.__file__).read_text() == text_of_index(), "run: python -m tests.gates.fresh"

    def test_every_anchor_is_looked_for(self) -> None:
        known = {*index.ANCHORS, *index.LOOSE, *index.LINKS}
        assert all(form.anchor in known for _, detector in all_detectors() if not detector.names for form in detector.forms)

    def test_there_are_many_detectors_and_no_two_share_a_name(self) -> None:
        names = [detector.id for _, detector in all_detectors()]
        assert len(names) >= 180 and len(set(names)) == len(names)
