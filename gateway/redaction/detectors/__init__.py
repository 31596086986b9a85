"""The families of credentials: one file of rows each, read when a text calls for it. Pure data."""

from __future__ import annotations

FAMILIES = (
    "code_hosts",
    "clouds",
    "models",
    "packages",
    "payments",
    "messaging",
    "operations",
    "databases",
    "identity",
    "business",
    "wallets",
)
"""In the order of the table in the documentation."""
