"""Arithmetic evaluation of text runs what a subscript holds."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
let 'a[$(rm y)]=1' => run let a[$(rm y)]=1 [data] · run rm y · write y [delete]
(( a[$(rm y)] )) => run rm y · write y [delete]
X='a[$(rm y)]'; (( X )) => run rm y · write y [delete]
X='a[$(rm y)]'; [[ X -eq 1 ]] => run rm y · write y [delete]
[[ 'a[$(rm y)]' -eq 1 ]] => run rm y · write y [delete]
[ -v 'a[$(rm y)]' ] => run [ -v a[$(rm y)] ] · run rm y · write y [delete]
read 'a[$(rm y)]' < f => read f · run read a[$(rm y)] [data] · run rm y · write y [delete]
unset 'a[$(rm y)]' => run unset a[$(rm y)] [data] · run rm y · write y [delete]
printf -v 'a[$(rm y)]' x => run printf -v a[$(rm y)] x · run rm y · write y [delete]
declare 'a[$(rm y)]=1' => run declare a[$(rm y)]=1 [data] · run rm y · write y [delete]
declare -i x='a[$(rm y)]' => run declare -i x=a[$(rm y)] [data] · run rm y · write y [delete]
X='a[$(rm y)]'; echo ${b[X]} => run rm y · write y [delete] · run echo □
X='a[$(rm y)]'; echo $((X)) => run rm y · write y [delete] · run echo □
"""
)
