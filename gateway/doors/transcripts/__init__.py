"""Finished sessions that enter late, from the files agents keep of them: one file per format, imported on demand."""

from __future__ import annotations

FORMATS = {
    "claude-code": "claude_code",
    "codex": "codex",
    "gemini-cli": "gemini_cli",
    "copilot": "copilot",
}
"""Agents whose session files we read, and the module that reads them."""
