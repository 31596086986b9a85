"""The evidence of `operations`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("operations")
