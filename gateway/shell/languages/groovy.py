"""Groovy by its calls. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "groovy",
    Lexis(comments=("//", "/*"), triple_quotes=True, interpolation=("$", "${"), regex_literals=True),
    calls_table("""
execute exec : shell
ProcessBuilder : argv
Socket : peer
ServerSocket : listen
"""),
    opaque_calls=frozenset(("evaluate",)),
    bare_calls=True,
)
