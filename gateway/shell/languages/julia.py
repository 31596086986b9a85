"""Julia by its calls: a command line stands in backticks. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "julia",
    Lexis(triple_quotes=True, interpolation=("$", "${"), backtick_commands=True),
    calls_table("""
run : shell
read readlines include : read
write : write
rm : deletetree
download : url
"""),
    bare_calls=True,
)
