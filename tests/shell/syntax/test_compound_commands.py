"""Compound commands: all their branches are walked."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
for f in a b; do rm $f; done => run rm a · write a [delete] · run rm b · write b [delete]
for ((i=0;i<3;i++)); do rm $i; done => run rm □ · write □ [delete]
for f; do rm "$f"; done => run rm □ · write □ [delete]
select x in a; do rm $x; done => run rm a · write a [delete]
while read l; do rm "$l"; done < list => read list · run read l [data] · run rm □ · write □ [delete]
until rm x; do true; done => run rm x · write x [delete] · run true [data]
case $x in a) rm a;; b|c) rm b;& *) rm c;; esac => run rm a · write a [delete] · run rm b · write b [delete] · run rm c · write c [delete]
if a; then b; elif c; then d; else e; fi => run a · run b · run c · run d · run e
[[ -f $(rm x) && a == b* ]] => run rm x · write x [delete]
[[ a =~ ^(b|c)$ ]] && rm x => run rm x · write x [delete]
(( x = $(rm y) )) => run rm y · write y [delete]
(cd /tmp && rm x); rm y => run cd /tmp [data] · run rm x · write x @/tmp [delete] · run rm y · write y [delete]
{ rm x; } > out => run rm x · write x [delete] · write out
f() { rm "$1"; }; f a; f b => run rm a · write a [delete] · run rm b · write b [delete]
function g() (rm x); g => run rm x · write x [delete]
for f in a b; { rm $f; } => run rm a · write a [delete] · run rm b · write b [delete]
"""
)
