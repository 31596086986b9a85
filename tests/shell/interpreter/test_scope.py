"""What a line knows while it runs: folders, variables, functions, files."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
CDPATH=/etc; cd x; rm y => run cd x [data] · run rm y · write y @□ [delete]
HOME=/etc; cd; rm y => run cd [data] · run rm y · write y @/etc [delete]
HOME=/etc; rm ~/y => run rm /etc/y · write /etc/y [delete]
read IFS <<< ,; X=rm,b; $X => run read IFS [data] · run rm b · write b [delete]
IFS=x; X=rmxy; $X => run rm y · write y [delete]
cd /tmp; rm x => run cd /tmp [data] · run rm x · write x @/tmp [delete]
cd sub && rm x => run cd sub [data] · run rm x · write x @/p/sub [delete]
(cd sub; rm x); rm y => run cd sub [data] · run rm x · write x @/p/sub [delete] · run rm y · write y [delete]
cd "$X"; rm y => run cd □ [data] · run rm y · write y @□ [delete]
cd -; rm x => run cd - [data] · run rm x · write x @□ [delete]
pushd sub; rm x; popd; rm y => run pushd sub [data] · run rm x · write x @/p/sub [delete] · run popd [data] · run rm y · write y @□ [delete]
if a; then cd sub; fi; rm x => run a · run cd sub [data] · run rm x · write x @□ [delete]
if a; then X=1; else X=2; fi; rm $X => run a · run rm □ · write □ [delete]
X=1; (X=2; rm $X); rm $X => run rm 2 · write 2 [delete] · run rm 1 · write 1 [delete]
X=1; X=2 rm $X => run rm 1 · write 1 [delete]
export X=1; sh -c 'rm $X' => run export X=1 [data] · run sh -c rm $X · run rm 1 · write 1 [delete]
unset X; rm "${X:-y}" => run unset X [data] · run rm y · write y [delete]
f() { rm x; }; unset -f f; f => run unset -f f [data] · run f
alias ll='rm x'; ll y => run alias ll=rm x [data] · run rm x y · write x [delete] · write y [delete] · run ll y
echo rm x > s; sh s => run echo rm x · write s · run sh s · read s · run rm x · write x [delete]
X=1; rm $X & X=2; rm $X => run rm 1 · write 1 [delete] · run rm 2 · write 2 [delete]
cd /tmp | rm x => run cd /tmp [data] · run rm x · write x [delete]
"""
)
