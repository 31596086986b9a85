"""Folders of coding agents in a project or a home. Pure data."""

from __future__ import annotations

SETTINGS_FOLDERS = frozenset(
    ".claude .codex .cursor .gemini .windsurf .devin .copilot .factory .kiro .opencode .amp .agents".split()
)
"""Folders of agents that hold their hooks and servers."""
