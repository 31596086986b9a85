"""R by its calls. Pure."""

from __future__ import annotations

from gateway.shell.languages.script.language import Language, calls_table
from gateway.shell.languages.script.tokens import Lexis

LANGUAGE = Language(
    "r",
    Lexis(),
    calls_table("""
system system2 shell : shell
read.csv readLines readRDS source read.table scan file : file
writeLines write.csv saveRDS write : write@1
unlink file.remove : deletetree
download.file url : url
"""),
    opaque_calls=frozenset(("eval", "parse")),
    options_behind_command=True,  # system(command, intern = TRUE)
)
