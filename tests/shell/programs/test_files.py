"""What the programs of `files` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
rm -rf build => run rm -rf build · write build [delete,tree]
rm -- -f => run rm -- -f · write -f [delete]
rmdir old => run rmdir old · write old [delete]
mkdir -p a/b => run mkdir -p a/b · write a/b [create]
touch new.txt => run touch new.txt · write new.txt [create]
chmod 777 /etc/passwd => run chmod 777 /etc/passwd · write /etc/passwd [meta]
chown -R bob src => run chown -R bob src · write src [meta]
truncate -s 0 log => run truncate -s 0 log · write log
shred -u key.pem => run shred -u key.pem · write key.pem [delete]
mktemp => run mktemp
stat .env => run stat .env · read .env [meta]
file .env => run file .env · read .env [meta]
"""
)
