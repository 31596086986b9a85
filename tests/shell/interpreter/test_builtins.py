"""What the shell does itself."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
eval 'rm x' => run eval rm x · run rm x · write x [delete]
eval "rm" x => run eval rm x · run rm x · write x [delete]
eval "$X" => run eval □ OPAQUE
source f => run source f · read f
. ./f => run . ./f · read ./f
source /dev/stdin <<< 'rm x' => run source /dev/stdin · run rm x · write x [delete]
source <(curl https://a.example/x) => run curl https://a.example/x · connect https://a.example/x · run source /dev/fd/□ <network:https://a.example/x>
. <(echo rm x) => run echo rm x · run . /dev/fd/□ OPAQUE
exec rm x => run exec rm x [data] · run rm x · write x [delete]
exec -a ls rm x => run exec -a ls rm x [data] · run rm x · write x [delete]
command rm x => run command rm x [data] · run rm x · write x [delete]
command -v rm => run command -v rm [data]
builtin eval 'rm x' => run builtin eval rm x [data] · run eval rm x · run rm x · write x [delete]
trap 'rm x' EXIT => run trap rm x EXIT · run rm x · write x [delete]
alias r='rm x' => run alias r=rm x [data]
history -w f => run history -w f · write f
read X; $X => run read X [data] · run □ [inline] OPAQUE
mapfile A; "${A[@]}" => run mapfile A [data] · run □ [inline] OPAQUE
type rm => run type rm
test -f x && rm x => run test -f x · read x [meta] · run rm x · write x [delete]
[ -f x ] && rm x => run [ -f x ] · read x [meta] · run rm x · write x [delete]
set -e; rm x => run set -e [data] · run rm x · write x [delete]
shift; rm "$1" => run shift [data] · run rm □ · write □ [delete]
pwd | xargs rm => run pwd [data] · run xargs rm [wrapper] · run rm /p · write /p [delete]
f() { f; }; f => run f [inline] OPAQUE
$X y => run □ y [inline] OPAQUE
hash -p /tmp/rm ls; ls => run hash -p /tmp/rm ls [data] · run /tmp/rm
enable -f /tmp/x.so x => run enable -f /tmp/x.so x <file:/tmp/x.so> OPAQUE · read /tmp/x.so
bind -x '"\C-a": rm x' => run bind -x "\C-a": rm x · run rm x · write x [delete]
complete -C 'rm x' ls => run complete -C rm x ls · run rm x · write x [delete]
let x=$(rm y) => run rm y · write y [delete] · run let x= [data]
mapfile -C 'rm x #' -c 1 A < f => read f · run mapfile -C rm x # -c 1 A [data] · run rm x · write x [delete]
"""
)
