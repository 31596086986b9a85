"""Functions, aliases, written programs, unknown programs."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
rm() { ls; }; command rm x => run command rm x [data] · run rm x · write x [delete]
rm() { ls; }; env rm x => run env rm x [wrapper] · run rm x · write x [delete]
rm() { ls; }; rm x => run ls
if a; then f() { ls; }; else f() { rm x; }; fi; f => run a · run ls · run rm x · write x [delete]
f() { ls; }; a && f() { rm x; }; f => run a · run rm x · write x [delete] · run ls
f() { local X=ls; }; X=rm; f; $X y => run local X=ls [data] · run rm y · write y [delete]
f() { $X y; }; X=ls; X=rm f; $X z => run rm y · write y [delete] · run ls z · read z [list]
f() { ls; }; sh -c 'f x' => run sh -c f x · run f x
f() { ls; }; export -f f; bash -c 'f x' => run export -f f [data] · run bash -c f x · run ls · run f x
echo 'rm x' > f; chmod +x f; ./f => run echo rm x · write f · run chmod +x f · write f [meta] · run ./f OPAQUE
echo 'rm x' > bin/foo; PATH=bin:$PATH foo => run echo rm x · write bin/foo · run foo · run rm x · write x [delete]
cp /bin/rm ./x; ./x -rf / => run cp /bin/rm ./x · read /bin/rm · write ./x <file:/bin/rm> · write ./x/rm <file:/bin/rm> · run ./x -rf / <file:/bin/rm> OPAQUE · read /
hash -p /bin/rm ls; ls x => run hash -p /bin/rm ls [data] · run /bin/rm x · write x [delete]
printf -v Y rm; $Y x => run printf -v Y rm · run rm x · write x [delete]
printf -vY rm; $Y x => run printf -vY rm · run rm x · write x [delete]
printf -v 'a[$(rm y)]' x => run printf -v a[$(rm y)] x · run rm y · write y [delete]
f() { X=rm; a && return; X=ls; }; f; $X y => run a · run return [data] · run □ y [inline] OPAQUE
alias ls='rm x'; ls => run alias ls=rm x [data] · run rm x · write x [delete] · run ls
$(date +rm) x => run date +rm · run □ x [inline] OPAQUE
"""
)
