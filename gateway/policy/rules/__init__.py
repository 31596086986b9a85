"""The rule kinds. Each module: KEY, SCHEMA, `parse(field)` to plain data (off the lane), `judge(section, sight, layer)`
to reasons.
"""

from __future__ import annotations

from gateway.policy.rules import commands, files, flows, mcp, network, tools

RULE_KINDS = (files, commands, network, tools, mcp, flows)
