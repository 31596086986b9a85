"""The evidence of `wallets`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("wallets")
