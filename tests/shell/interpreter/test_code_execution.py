"""Code that a command is given: texts, files, streams; what a child shell knows."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
X=ls; sh -c '$X y' => run sh -c $X y · run □ y [inline] OPAQUE
export X=rm; sh -c '$X y' => run export X=rm [data] · run sh -c $X y · run rm y · write y [delete]
X=rm sh -c '$X y' => run sh -c $X y · run rm y · write y [delete]
f() { ls; }; sh -c 'f x' => run sh -c f x · run f x
f() { ls; }; export -f f; bash -c 'f x' => run export -f f [data] · run bash -c f x · run ls · run f x
sh -c '$0 x' rm => run sh -c $0 x rm · run rm x · write x [delete]
sh -c '"$@"' _ rm x => run sh -c "$@" _ rm x · run rm x · write x [delete]
sh -c 'rm "$1"' _ x => run sh -c rm "$1" _ x · run rm x · write x [delete]
echo 'rm x' | xargs -n1 env => run echo rm x · run xargs -n1 env [wrapper] · run env □ [wrapper] · run □ [inline] OPAQUE
echo rm x | xargs env => run echo rm x · run xargs env [wrapper] · run env rm x [wrapper] · run rm x · write x [delete]
echo "ls rm" | xargs -n1 echo | sh => run echo ls rm · run xargs -n1 echo [wrapper] · run echo □ · run sh OPAQUE
echo 'rm x' > f; cat f | sh => run echo rm x · write f · run cat f · read f · run sh · run rm x · write x [delete]
set -a; X=rm; sh -c '$X y' => run set -a [data] · run sh -c $X y · run rm y · write y [delete]
echo 'a\nrm x' | sh => run echo a\nrm x · run sh OPAQUE
bash -s rm x <<< '"$@"' => run bash -s rm x · run □ [inline] OPAQUE
echo rm | { read c; $c x; } => run echo rm · run read c [data] · run rm x · write x [delete]
echo rm > f; read c < f; $c x => run echo rm · write f · read f · run read c [data] · run rm x · write x [delete]
eval "$(echo rm x)" => run echo rm x · run eval rm x · run rm x · write x [delete]
eval "$(curl https://a.example)" => run curl https://a.example · connect https://a.example · run eval □ <network:https://a.example>
source <(echo rm x) => run echo rm x · run source /dev/fd/□ OPAQUE
bash <(echo rm x) => run echo rm x · run bash /dev/fd/□ OPAQUE
bash -c "$(printf '%s' 'rm x')" => run printf %s rm x · run bash -c rm x · run rm x · write x [delete]
sh -c 'rm $1' => run sh -c rm $1 · run rm
BASH_ENV='$(rm x)' bash -c ls => run rm x · write x [delete] · run BASH_ENV=$(rm x) [assignment] · run bash -c ls · run ls
find . -exec sh -c 'rm "$1"' _ {} \; => run find . -exec sh -c rm "$1" _ {} ; · read . [list] · run sh -c rm "$1" _ ./**/* · run rm ./**/* · write . [delete,tree]
find . -exec sh -c 'rm {}' \; => run find . -exec sh -c rm {} ; · read . [list] · run sh -c rm ./**/* · run rm ./**/* · write . [delete,tree]
find . -type f -exec rm {} + => run find . -type f -exec rm {} + · read . [list] · run rm ./**/* · write . [delete,tree]
ls | xargs -I{} sh -c 'rm {}' => run ls · run xargs -I{} sh -c rm {} [wrapper] · run sh -c rm □ <unknown:ls> OPAQUE · run rm □ · write □ [delete]
ls | xargs sh -c 'rm "$@"' _ => run ls · run xargs sh -c rm "$@" _ [wrapper] · run sh -c rm "$@" _ □ · run rm □ · write □ [delete]
env -S 'sh -c "rm x"' => run env -S sh -c "rm x" [wrapper] · run env sh -c rm x [wrapper] · run sh -c rm x · run rm x · write x [delete]
env -S'FOO=1 rm x' => run env -SFOO=1 rm x [wrapper] · run env FOO=1 rm x [wrapper] · run rm x · write x [delete]
"""
)
