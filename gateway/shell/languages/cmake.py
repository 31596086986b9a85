"""CMake by its one call that starts programs. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "cmake",
    Lexis(),
    calls_table("execute_process : argv"),
)
