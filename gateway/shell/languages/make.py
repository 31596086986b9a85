"""A makefile as code on a command line (`make --eval`): its `$(shell …)`. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "make",
    Lexis(),
    calls_table("shell : shell"),
)
