"""The evidence of `business`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("business")
