"""`declare` and its kin."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
f() { local X=ls; }; X=rm; f; $X y => run local X=ls [data] · run rm y · write y [delete]
export X=rm; sh -c '$X y' => run export X=rm [data] · run sh -c $X y · run rm y · write y [delete]
f() { ls; }; export -f f; bash -c 'f x' => run export -f f [data] · run bash -c f x · run ls · run f x
unset 'a[$(rm y)]' => run unset a[$(rm y)] [data] · run rm y · write y [delete]
declare 'a[$(rm y)]=1' => run declare a[$(rm y)]=1 [data] · run rm y · write y [delete]
declare -i x='a[$(rm y)]' => run declare -i x=a[$(rm y)] [data] · run rm y · write y [delete]
declare -n r=X; r=rm; $X y => run declare -n r=X [data] · run rm y · write y [delete]
declare -l X=RM; $X y => run declare -l X=RM [data] · run □ y [inline] OPAQUE
set -a; LD_PRELOAD=/tmp/x.so; ls => run set -a [data] · run LD_PRELOAD=/tmp/x.so [assignment] · run ls
set -a; X=rm; sh -c '$X y' => run set -a [data] · run sh -c $X y · run rm y · write y [delete]
declare -A M=([k]=rm); ${M[k]} x => run declare -A M=□ [data] · run □ x [inline] OPAQUE
"""
)
