"""Later: a module that is imported when something of it is asked for first.

A hook is a fresh process for each call, and what it pays for is imports: a call that reads a file need not load how
commands are matched. Type checkers see the module itself: `if TYPE_CHECKING: from … import x`, and
`else: x = Later("….x")`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Later:
    """Stands for a module until it is needed."""

    def __init__(self, name: str) -> None:
        self.__dict__["_name"] = name

    def __getattr__(self, name: str) -> Any:
        """Import the module and return what it holds under a name, which is remembered. Raises AttributeError."""
        value = getattr(__import__(self._name, fromlist=["*"]), name)
        self.__dict__[name] = value
        return value


def function(module: str, name: str) -> Callable[..., Any]:
    """Return a function that imports the one it stands for when it is called first."""
    home = Later(module)

    def called(*arguments: Any) -> Any:
        return getattr(home, name)(*arguments)

    return called
