"""Patches that a line writes itself: the files in their headers are what applying them would change. Pure."""

from __future__ import annotations

from gateway.model.action import WRITE
from gateway.model.patch_text import named_files
from gateway.shell.usage import STDOUT_DATA, Effect, Usage
from gateway.shell.values import Value


def read_patch(text: str) -> Usage:
    """Return what applying a patch would do; a text without headers does nothing."""
    return Usage(effects=tuple(Effect(WRITE, Value(name)) for name in named_files(text)), stdout=STDOUT_DATA)
