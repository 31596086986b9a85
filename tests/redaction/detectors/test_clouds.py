"""The evidence of `clouds`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("clouds")
