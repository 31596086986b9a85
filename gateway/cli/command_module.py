"""What the module of a command or report provides: the Protocol that every entry of `COMMANDS` satisfies. Read by type
checkers and tests only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class CommandModule(Protocol):
    """One command of the command line, or one report."""

    @property
    def command(self) -> Callable[..., Any]:
        """The function whose parameters are the command's arguments and options; its docstring is the help."""
