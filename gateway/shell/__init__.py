"""What a command line would do: `understand` turns text into actions. Pure, total, and openly opaque where it cannot
know.
"""

from __future__ import annotations

from gateway.shell.interpreter.interpreter import understand, understand_code

__all__ = ["understand", "understand_code"]
