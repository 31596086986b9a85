"""Reading words: every kind of quoting and expansion comes to the word that bash would run."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
'rm' "-rf" x => run rm -rf x · write x [delete,tree]
r\m -r\f x => run rm -rf x · write x [delete,tree]
r'm' -r"f" x => run rm -rf x · write x [delete,tree]
$'\x72\155' x => run rm x · write x [delete]
$"rm" x => run rm x · write x [delete]
rm\⏎ x => run rm x · write x [delete]
r\⏎m x => run rm x · write x [delete]
"a"'b'c => run abc
echo "$(rm x)" . => run rm x · write x [delete] · run echo  .
echo "a `rm x` b" => run rm x · write x [delete] · run echo a  b
echo `echo \`rm x\`` => run rm x · write x [delete] · run echo · run echo
echo $((1 + $(rm x | wc -l))) => run rm x · write x [delete] · run wc -l · run echo □
echo $[ $(rm x) ] => run rm x · write x [delete] · run echo □
echo ${x:-$(rm y)} => run rm y · write y [delete] · run echo
echo "${x:-"$(rm y)"}" . => run rm y · write y [delete] · run echo  .
echo ${a[$(rm y)]} => run rm y · write y [delete] · run echo □
cat <(rm x) >(tee out) => run rm x · write x [delete] · run tee out · write out · run cat /dev/fd/□ /dev/fd/□
echo 'a⏎b' => run echo a⏎b
rm "*" => run rm * · write * [delete]
rm a\ b => run rm a b · write a b [delete]
rm 'it'"'"'s' => run rm it's · write it's [delete]
echo "\$(rm x)" => run echo $(rm x)
echo '$(rm x)' => run echo $(rm x)
echo 'open => run 'open [inline] OPAQUE
echo "open => run "open [inline] OPAQUE
echo $(open => run open [inline] OPAQUE
echo ${open => run ${open [inline] OPAQUE
echo `open => run `open [inline] OPAQUE
"""
)
