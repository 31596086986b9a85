"""Tokens: names, strings with what is known of them, commands in backticks, marks (Ruby)."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "ruby",
    r"""
system("rm x") => run ruby [inline] · run rm x · write x [delete]
`rm x` => run ruby [inline] · run rm x · write x [delete]
%x(rm x) => run ruby [inline] · run rm x · write x [delete]
exec "rm", "x" => run ruby [inline] · run rm x · write x [delete]
File.read(".env") => run ruby [inline] · read .env
File.delete("x") => run ruby [inline] · write x [delete]
system("rm #{x}") => run ruby [inline] OPAQUE · run rm □ · write □ [delete]
eval("system('rm x')") => run ruby [inline] · run rm x · write x [delete]
Kernel.send(:system, "rm x") => run ruby [inline] OPAQUE · run rm x · write x [delete]
IO.popen("rm x") => run ruby [inline] · run rm x · write x [delete]
require 'open-uri'; URI.open("https://a.example") => run ruby [inline] · connect https://a.example
puts "system('rm x')" => run ruby [inline]
# system("rm x") => run ruby [inline]
x = "rm x"; system(x) => run ruby [inline] · run rm x · write x [delete]
spawn("rm x") => run ruby [inline] · run rm x · write x [delete]
Dir.glob("*.pem") => run ruby [inline] · read *.pem [list]
FileUtils.rm_rf("x") => run ruby [inline] · write x [delete,tree]
""",
)
