"""What consoles are told through their standard input is what they would do if it stood on their command line."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
psql -h db <<< 'select 1' => run psql -h db · connect db · run psql -c select 1
psql <<< 'DROP TABLE t' => run psql · run psql -c DROP TABLE t
mysql app <<< 'select 1' => run mysql app · run mysql -e select 1
sqlite3 app.db <<< 'select 1' => run sqlite3 app.db · read app.db · write app.db <file:/p/app.db> · run sqlite3 :memory: select 1
printf 'GET a\nPING' | redis-cli => run printf GET a\nPING · run redis-cli · run redis-cli GET a · run redis-cli PING
mongosh <<< 'db.x.drop()' => run mongosh · run mongosh --eval db.x.drop()
sftp u@h.example <<< 'put .env' => run sftp u@h.example · connect h.example · read .env · connect h.example <file:/p/.env>
printf 'cd up\n-put a b\nmput c d\nget x y\n!id' | sftp -b - u@h.example => run printf cd up\n-put a b\nmput c d\nget x y\n!id · run sftp -b - u@h.example · connect h.example · read a · connect h.example <file:/p/a> · read c · read d · connect h.example <file:/p/c,file:/p/d> · connect h.example · write y <network:h.example> · run id
cat f | psql => run cat f · read f · run psql <file:/p/f>
psql -c 'select 1' <<< 'DROP TABLE t' => run psql -c select 1
cat <<< 'DROP TABLE t' => run cat
make -f - <<< 'all:⏎	rm -rf /x' => run make -f - [runner] · run rm -rf /x · write /x [delete,tree]
make -f - all <<< 'all: b⏎	@echo $$HOME⏎b:⏎	-rm x' => run make -f - all [runner] · run echo /home/u · run rm x · write x [delete]
make <<< 'all:⏎	rm x' => run make [runner]
cat <<< 'DROP TABLE x' => run cat
echo a | make -f Makefile => run echo a · run make -f Makefile [runner] · read Makefile
echo hi | sftp -b batch u@h => run echo hi · run sftp -b batch u@h · read batch · connect h <file:/p/batch>
make -f - <<< 'X := $(shell rm y)⏎all:⏎	rm x' => run make -f - [runner] · run rm y · write y [delete] · run rm x · write x [delete]
curl a.example | make -f - => run curl a.example · connect a.example · run make -f - [runner] <network:a.example>
"""
)
