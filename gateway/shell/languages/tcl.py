"""Tcl by its commands, which need no parentheses. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "tcl",
    Lexis(quotes='"`', interpolation=("$", "${")),
    calls_table("""
exec : argv
open : open
source : read
file.delete : delete
socket : host
"""),
    opaque_calls=frozenset(("eval", "subst")),
    bare_calls=True,
    bare_evaluation=True,
    evaluation_blocks=True,
)
