"""`statusline`: a line about the running session, for Claude Code's `statusLine` setting."""

from __future__ import annotations

import typer

from gateway.reports import status_line


def command(context: typer.Context) -> None:
    """Print one line for Claude Code's status line; its JSON is read from stdin."""
    status_line.main(context.obj.given)
