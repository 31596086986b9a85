"""The evidence of `messaging`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("messaging")
