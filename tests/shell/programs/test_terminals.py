"""What the programs of `terminals` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
tmux new-session -d 'id' => run tmux new-session -d id · run id
tmux neww -d 'rm x' => run tmux neww -d rm x · run rm x · write x [delete]
tmux run-shell -d 1 'rm x' => run tmux run-shell -d 1 rm x · run rm x · write x [delete]
tmux display-popup -d /y -E 'rm x' => run tmux display-popup -d /y -E rm x · run rm x · write x [delete]
screen -L rm x => run screen -L rm x · run rm x · write x [delete]
screen -L -Logfile out rm x => run screen -L -Logfile out rm x · write out · run rm x · write x [delete]
screen -dm bash -c id => run screen -dm bash -c id · run bash -c id · run id
script -c 'cat .env' out => run script -c cat .env out [wrapper] · write out · run cat .env · read .env
expect -c 'spawn id' => run expect -c spawn id · run id
xdg-open https://example.com => run xdg-open https://example.com · connect https://example.com
xterm -e 'rm x' => run xterm -e rm x · run rm x · write x [delete]
gnome-terminal -- rm x => run gnome-terminal -- rm x · run rm x · write x [delete]
xfce4-terminal --command='rm x' => run xfce4-terminal --command=rm x · run rm x · write x [delete]
xterm -fg red => run xterm -fg red
"""
)
