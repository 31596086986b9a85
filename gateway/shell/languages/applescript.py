"""AppleScript by its one call: `do shell script "…"`. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "applescript",
    Lexis(),
    calls_table("script : shell"),
    bare_calls=True,
)
