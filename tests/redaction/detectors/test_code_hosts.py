"""The evidence of `code_hosts`."""

from __future__ import annotations

from tests.redaction.evidence import evidence

TestEvidence = evidence("code_hosts")
