"""Groovy by its calls."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_what_calls_do = code_rows(
    "groovy",
    r"""
println 'a'.execute() => run groovy [inline] OPAQUE
x = ''' "'''; 'rm x'.execute() => run groovy [inline] OPAQUE
evaluate("exec('rm x')") => run groovy [inline] · run rm x · write x [delete]
exec "rm x" => run groovy [inline] · run rm x · write x [delete]
def s = "a ${b}"; exec(s) => run groovy [inline] OPAQUE
x = a / b / c; exec("rm x") => run groovy [inline] · run rm x · write x [delete]
""",
)

test_sockets = code_rows(
    "groovy",
    r"""
Socket s = new Socket("h.example", 1); new ProcessBuilder("sh").start() => run groovy [inline] · connect h.example · run sh <network:h.example>
""",
)
