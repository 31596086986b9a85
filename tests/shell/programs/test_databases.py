"""What the programs of `databases` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
pg_dump -F c -n public -f out db => run pg_dump -F c -n public -f out db · write out
psql -c 'select 1' => run psql -c select 1
psql -f dump.sql => run psql -f dump.sql · read dump.sql
mysql -e 'system id' => run mysql -e system id · run id
mysqldump db => run mysqldump db
sqlite3 app.db '.shell id' => run sqlite3 app.db .shell id · read app.db · write app.db <file:/p/app.db> · run id
sqlite3 app.db 'select 1' => run sqlite3 app.db select 1 · read app.db · write app.db <file:/p/app.db>
redis-cli -h cache.example get x => run redis-cli -h cache.example get x · connect cache.example
mongosh --eval 'db.x.find()' => run mongosh --eval db.x.find()
"""
)
