"""Julia by its calls."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "julia",
    r'''
run(`rm x`) => run julia [inline] OPAQUE · run rm x · write x [delete]
run(`rm $x`) => run julia [inline] OPAQUE · run rm □ · write □ [delete]
read(".env", String) => run julia [inline] · read .env
rm("x") => run julia [inline] · write x [delete,tree]
download("https://a.example/x") => run julia [inline] · connect https://a.example/x
s = """rm "x" """ => run julia [inline]
include("x.jl") => run julia [inline] · read x.jl
''',
)
