"""Hooks of coding agents: one file per agent, imported on demand. A hook is a fresh process per event, so this is the
hook lane.
"""

from __future__ import annotations

AGENTS = {
    "claude-code": "claude_code",
}
"""Agents whose hooks we speak, by the name used on the command line, and the module that speaks it."""
