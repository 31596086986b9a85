"""The evidence of `databases`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("databases")
