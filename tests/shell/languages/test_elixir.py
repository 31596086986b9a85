"""Elixir by its calls."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_what_calls_do = code_rows(
    "elixir",
    r'''
System.cmd("rm", ["x"]) => run elixir [inline] · run rm x · write x [delete]
System.shell("rm x") => run elixir [inline] · run rm x · write x [delete]
File.rm_rf!("x") => run elixir [inline] · write x [delete,tree]
File.write!("x", "a") => run elixir [inline] · write x
Code.eval_string(x) => run elixir [inline] OPAQUE
IO.puts "System.cmd" => run elixir [inline]
System.shell("rm #{x}") => run elixir [inline] OPAQUE · run rm □ · write □ [delete]
x = """⏎System.cmd⏎""" => run elixir [inline]
''',
)

test_sockets = code_rows(
    "elixir",
    r"""
:gen_tcp.connect(~c"10.0.0.1", 1, []); System.cmd("sh", []) => run elixir [inline] · connect 10.0.0.1 · run sh <network:10.0.0.1>
""",
)
