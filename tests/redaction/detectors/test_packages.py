"""The evidence of `packages`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("packages")
