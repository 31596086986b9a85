"""Elixir by its calls, and those of the Erlang modules under it. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "elixir",
    Lexis(triple_quotes=True, interpolation=("#{",)),
    calls_table("""
System.cmd : argv
gen_tcp.connect ssl.connect : peer
gen_tcp.listen : listen
System.shell os.cmd cmd : shell
File.read! File.read File.stream! : read
File.write! File.write : write
File.rm! File.rm : delete
File.rm_rf! File.rm_rf : deletetree
"""),
    opaque_calls=frozenset(("eval_string",)),
    bare_calls=True,
)
