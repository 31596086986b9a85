"""The shapes in `schemas/capture.py`; that the commands keep to them is tested with all the others."""

from __future__ import annotations

from gateway.reports.schemas import capture
from gateway.reports.schemas.reports import DOCUMENTS


def test_every_document_is_published() -> None:
    published = {shape.__name__ for shape in DOCUMENTS.values()}
    documents = {name for name in vars(capture) if name.endswith("Document")}
    assert documents and documents <= published
