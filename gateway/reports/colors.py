"""Color on a terminal: only where a person sees it and has not said otherwise (NO_COLOR, `--color`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from gateway.host.output import let_colors_pass

RED, GREEN, YELLOW, BLUE, DIM, BOLD = "31", "32", "33", "34", "2", "1"

Paint = Callable[[str, str], str]


def painter(context: typer.Context) -> Paint:
    """Return a function that gives a text a color, or leaves it as it is."""
    wanted = context.obj.color
    if wanted == "always" or (
        wanted == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    ):
        let_colors_pass()
        return painted
    return plain


def painted(text: str, color: str) -> str:
    """Return a text in a color."""
    return f"\x1b[{color}m{text}\x1b[0m" if text else text


def plain(text: str, color: str) -> str:
    """Return a text as it is."""
    return text
