"""What the programs of `wrappers` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
sudo -u bob rm -rf /var => run sudo -u bob rm -rf /var · run rm -rf /var · write /var [delete,tree]
sudo -E env X=1 cat .env => run sudo -E env X=1 cat .env · run env X=1 cat .env [wrapper] · run cat .env · read .env
env - cat .env => run env - cat .env [wrapper] · run cat .env · read .env
env - -u X A=1 cat .env => run env - -u X A=1 cat .env [wrapper] · run cat .env · read .env
env -S '- cat .env' => run env -S - cat .env [wrapper] · run env - cat .env [wrapper] · run cat .env · read .env
setarch x86_64 -R cat .env => run setarch x86_64 -R cat .env [wrapper] · run cat .env · read .env
dotenv run -- cat .env => run dotenv run -- cat .env [wrapper] · run cat .env · read .env
env -i cat .env => run env -i cat .env [wrapper] · run cat .env · read .env
env -S 'cat .env' => run env -S cat .env [wrapper] · run env cat .env [wrapper] · run cat .env · read .env
nice -n5 cat .env => run nice -n5 cat .env [wrapper] · run cat .env · read .env
nohup ./run.sh & => run nohup ./run.sh [wrapper] · run ./run.sh
timeout 5 cat .env => run timeout 5 cat .env [wrapper] · run cat .env · read .env
stdbuf -oL cat .env => run stdbuf -oL cat .env [wrapper] · run cat .env · read .env
setsid -f id => run setsid -f id [wrapper] · run id
ionice -c3 cat .env => run ionice -c3 cat .env [wrapper] · run cat .env · read .env
flock /tmp/l cat .env => run flock /tmp/l cat .env [wrapper] · write /tmp/l [create] · run cat .env · read .env
time cat .env => run cat .env · read .env
command cat .env => run command cat .env [data] · run cat .env · read .env
builtin cd /etc => run builtin cd /etc [data] · run cd /etc [data]
exec cat .env => run exec cat .env [data] · run cat .env · read .env
su -c 'cat .env' bob => run su -c cat .env bob · run cat .env · read .env
su -T -c 'cat .env' bob => run su -T -c cat .env bob · run cat .env · read .env
runuser -u bob cat .env => run runuser -u bob cat .env · run cat .env · read .env
hyperfine -N 'rm x' => run hyperfine -N rm x [wrapper] · run rm x · write x [delete]
hyperfine -w 3 --prepare 'rm y' 'rm x' => run hyperfine -w 3 --prepare rm y rm x [wrapper] · run rm y · write y [delete] · run rm x · write x [delete]
crontab -u bob jobs => run crontab -u bob jobs · read jobs
gdb -batch -ex quit ./a => run gdb -batch -ex quit ./a · run ./a
doas cat .env => run doas cat .env · run cat .env · read .env
busybox cat .env => run busybox cat .env [wrapper] · run cat .env · read .env
chroot /mnt cat /etc/passwd => run chroot /mnt cat /etc/passwd · run cat /etc/passwd [remote]
strace -o out cat .env => run strace -o out cat .env [wrapper] · write out · run cat .env · read .env
unshare -r cat .env => run unshare -r cat .env [wrapper] · run cat .env · read .env
"""
)
