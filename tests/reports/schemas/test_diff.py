"""The shapes of `diff --json`; that the command keeps to them is tested with all the others."""

from __future__ import annotations

from typing import get_type_hints

from gateway.reports.schemas.diff import EvaluationDocument, SemanticDocument


def test_what_assertions_found_is_the_comparison_and_more() -> None:
    assert get_type_hints(SemanticDocument).items() < get_type_hints(EvaluationDocument).items()
