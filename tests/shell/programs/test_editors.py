"""What the programs of `editors` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
sed -s s/a/b/ f => run sed -s s/a/b/ f · read f
man -H ls => run man -H ls
vim -c '!id' x => run vim -c !id x · read x · write x <file:/p/x> · run id
vim file.txt => run vim file.txt · read file.txt · write file.txt <file:/p/file.txt>
nano /etc/hosts => run nano /etc/hosts · read /etc/hosts · write /etc/hosts <file:/etc/hosts>
emacs --batch --eval '(shell-command "id")' => run emacs --batch --eval (shell-command "id") · run id
ed x => run ed x · read x · write x <file:/p/x>
less README.md => run less README.md · read README.md
man -P 'sh -c id' ls => run man -P sh -c id ls · run sh -c id · run id
view secret.txt => run view secret.txt · read secret.txt
code . => run code . · read . · write . <file:/p>
awk 'BEGIN{while((getline l < ".env") > 0) print l}' => run awk BEGIN{while((getline l < ".env") > 0) print l} · read .env
awk '$1 < 3' x => run awk $1 < 3 x · read x
"""
)
