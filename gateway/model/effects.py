"""The three effects, ordered so that `max` is the strictest. Pure."""

from __future__ import annotations

ALLOW = 0
ASK = 1
DENY = 2

EFFECTS = ("allow", "ask", "deny")
"""The spelling of each effect in documents, records and output, indexed by the effect."""

BY_NAME = {"allow": ALLOW, "ask": ASK, "deny": DENY}
