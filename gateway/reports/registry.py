"""The reports: (command, module with its `command` function, help). Pure data; one line each."""

from __future__ import annotations

REPORTS: tuple[tuple[str, str, str], ...] = ()
