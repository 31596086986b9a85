"""What the programs of `index` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
ls src => run ls src · read src [list]
/usr/bin/ls src => run /usr/bin/ls src · read src [list]
LS src => run LS src · read src [list]
./ls src => run ./ls src · read src [list]
node_modules/.bin/eslint src => run node_modules/.bin/eslint src
"""
)
