"""The evidence of `identity`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("identity")
