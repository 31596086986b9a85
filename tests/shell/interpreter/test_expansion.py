"""Words to values: what is constant is known, what is not is a hole."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
echo ${x@P}; X='`rm y'; echo ${X@P} => run echo □ · run `rm y [inline] OPAQUE · run echo □
A=(ls rm); "${A[1]}" x => run rm x · write x [delete]
A=([5]=rm); ${A[5]} x => run □ x [inline] OPAQUE
A=(ls); A+=(rm x); "${A[@]:1}" => run □ [inline] OPAQUE
x=rm; y=x; ${!y} z => run rm z · write z [delete]
X=rm; $X y => run rm y · write y [delete]
X="rm -rf"; $X y => run rm -rf y · write y [delete,tree]
X="rm -rf"; "$X" y => run rm -rf y
rm $HOME/x => run rm /home/u/x · write /home/u/x [delete]
rm ~/x => run rm /home/u/x · write /home/u/x [delete]
rm ~root/x => run rm /root/x · write /root/x [delete]
rm "$UNSET/x" => run rm □/x · write □/x [delete]
rm ${X:-y} => run rm y · write y [delete]
X=y; rm ${X:+z} => run rm z · write z [delete]
X=abc; rm ${X#a} => run rm bc · write bc [delete]
X=abc; rm ${X%c} => run rm ab · write ab [delete]
X=abc; rm ${X/b/x} => run rm axc · write axc [delete]
X=abc; rm ${X:1:1} => run rm b · write b [delete]
X=abc; rm ${X^^} => run rm ABC · write ABC [delete]
X=abc; echo ${#X} > f => run echo 3 · write f
A=(rm x); "${A[@]}" => run rm x · write x [delete]
A=(rm x); ${A[*]} => run rm x · write x [delete]
A=(rm x); ${A[0]} y => run rm y · write y [delete]
P=X; X=rm; ${!P} y => run rm y · write y [delete]
IFS=,; X=rm,y; $X => run rm y · write y [delete]
set -- rm x; "$@" => run set -- rm x [data] · run rm x · write x [delete]
set -- a b; rm "$2" => run set -- a b [data] · run rm b · write b [delete]
rm $(echo x) => run echo x · run rm x · write x [delete]
rm $(date) => run date · run rm □ · write □ [delete]
$(echo rm) x => run echo rm · run rm x · write x [delete]
$(date) x => run date · run □ x [inline] OPAQUE
X='$(rm x)'; echo ${X@P} => run rm x · write x [delete] · run echo □
rm *.txt => run rm *.txt · write *.txt [delete,glob]
rm "$X"* => run rm □* · write □* [delete]
printf -v Y rm; $Y x => run printf -v Y rm · run rm x · write x [delete]
read Z <<< rm; $Z x => run read Z [data] · run rm x · write x [delete]
rm $((1+1)) => run rm □ · write □ [delete]
rm {a,b}$X => run rm a□ b□ · write a□ [delete] · write b□ [delete]
"""
)
