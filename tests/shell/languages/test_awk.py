"""awk by its one call and its redirections."""

from __future__ import annotations

from tests.shell.rows import code_rows

test_rows = code_rows(
    "awk",
    r"""
BEGIN { system("rm x") } => run awk [inline] · run rm x · write x [delete]
{ print > "out" } => run awk [inline] · write out
{ print $1 >> "out" } => run awk [inline] · write out
{ if ($1 > "b") n++ } => run awk [inline]
{ print | "sort" } => run awk [inline] · run sort
BEGIN { "id" | getline who } => run awk [inline] · run id
BEGIN { cmd |& getline } => run awk [inline] OPAQUE
{ getline line < ".env" } => run awk [inline] · read .env
{ print > $1 } => run awk [inline] · write □
{ print > "/dev/stderr" } => run awk [inline]
{ print | cmd } => run awk [inline] OPAQUE
/rm "x/ { n++ } => run awk [inline]
# system("rm x") => run awk [inline]
{ print "system(\"rm x\")" } => run awk [inline]
{ print ($1 > "b") } => run awk [inline]
BEGIN { c = "rm x"; system(c) } => run awk [inline] · run rm x · write x [delete]
""",
)
