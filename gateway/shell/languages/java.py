"""Java by its calls, as `jshell` and single-file sources have them. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "java",
    Lexis(comments=("//", "/*"), quotes='"`'),
    calls_table("""
exec : shell
ProcessBuilder : argv
Socket : peer
ServerSocket : listen
"""),
)
