"""R by its calls."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "r",
    r"""
system("rm x") => run r [inline] · run rm x · write x [delete]
system("rm x", intern = TRUE) => run r [inline] · run rm x · write x [delete]
unlink("x", recursive = TRUE) => run r [inline] · write x [delete,tree]
readLines(".env") => run r [inline] · read .env
download.file("https://a.example/x", "y") => run r [inline] · connect https://a.example/x
eval(parse(text = "system(1)")) => run r [inline] OPAQUE
writeLines(a, "out") => run r [inline] · write out
# system("rm x") => run r [inline]
""",
)
