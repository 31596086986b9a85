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
""",
)
