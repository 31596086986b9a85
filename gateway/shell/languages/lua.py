"""Lua by its calls. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table, spelled
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "lua",
    Lexis(comments=("--",)),
    calls_table("""
os.execute io.popen : shell
io.open : open
io.lines dofile loadfile : read
os.remove : delete
os.rename : read+delete+write@1
connect : peer
bind listen : listen
"""),
    opaque_calls=frozenset(("load", "loadstring")),
    statements=frozenset(("dofile",)),
    computed_members=True,
    function_values=True,
    options_behind_command=True,
    joins=(".",),
    doubled_joins=True,
    homes=spelled("os . getenv ( HOME )"),
)
