"""Whole texts: what is read before an error may have run, and the error is an action of its own."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
true => run true [data]
ls; ) => run ls · run ) [inline] OPAQUE
ls && | x => run ls · run | x [inline] OPAQUE
rm x; fi => run rm x · write x [delete] · run fi [inline] OPAQUE
if true; then rm x; fi => run true [data] · run rm x · write x [delete]
if true; then fi => run fi [inline] OPAQUE
{ rm x; } => run rm x · write x [delete]
{ rm x } => run … [inline] OPAQUE
(rm x) y => run y [inline] OPAQUE
! rm x => run rm x · write x [delete]
coproc rm x => run rm x · write x [delete]
coproc N { rm x; } => run rm x · write x [delete]
time -p rm x => run rm x · write x [delete]
f() { rm x; }; f => run rm x · write x [delete]
function f { rm x; }; f => run rm x · write x [delete]
"""
)
