"""A progress bar over sessions, on a terminal only and on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator


def watched_sessions(names: list[str]) -> Iterator[str]:
    """Yield the names; while they are worked on, a person at a terminal sees how far it is."""
    if len(names) < 2 or not sys.stderr.isatty():
        yield from names
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(
        names, description="sessions", console=Console(file=getattr(sys.stderr, "bare", sys.stderr)), transient=True
    )
