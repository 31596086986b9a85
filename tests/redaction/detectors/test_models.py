"""The evidence of `models`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("models")
