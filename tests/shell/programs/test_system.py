"""What the programs of `system` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
reboot => run reboot
systemctl stop nginx => run systemctl stop nginx
kill -9 1 => run kill -9 1
crontab -l => run crontab -l
crontab new.cron => run crontab new.cron · read new.cron
mount /dev/sda1 /mnt => run mount /dev/sda1 /mnt · read /dev/sda1 [meta] · write /mnt [moved]
iptables -F => run iptables -F
useradd bob => run useradd bob
mkfs.ext4 /dev/sda => run mkfs.ext4 /dev/sda · write /dev/sda
uname -a => run uname -a
ps aux => run ps aux
env => run env [wrapper]
"""
)
