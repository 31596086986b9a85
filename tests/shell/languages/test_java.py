"""Java by its calls."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "java",
    r"""
Runtime.getRuntime().exec("rm x") => run java [inline] · run rm x · write x [delete]
new ProcessBuilder("rm", "x").start() => run java [inline] · run rm x · write x [delete]
new Socket("h.example", 1) => run java [inline] · connect h.example
// exec("rm x") => run java [inline]
char c = 'x'; Runtime.getRuntime().exec("rm x") => run java [inline] · run rm x · write x [delete]
""",
)
