"""The evidence of `payments`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("payments")
