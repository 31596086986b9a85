"""sed scripts: what reads, writes and runs."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "sed",
    r"""
s/a/b/ => run sed [inline]
s/a/b/e => run sed [inline] OPAQUE
s/a/b/w out => run sed [inline] · write out
1e rm x => run sed [inline] · run rm x · write x [delete]
e => run sed [inline] OPAQUE
r .env => run sed [inline] · read .env
R .env => run sed [inline] · read .env
w out => run sed [inline] · write out
1,5p => run sed [inline]
/a/d;s,b,c,g => run sed [inline]
a\⏎e rm x => run sed [inline]
y/a/b/ => run sed [inline]
s/[/]/x/ => run sed [inline] OPAQUE
:a;N;ta => run sed [inline]
$!{r .env⏎} => run sed [inline] · read .env
s/a/b => run sed [inline] OPAQUE
""",
)
