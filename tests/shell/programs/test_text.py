"""What the programs of `text` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
sed -i 's/a/b/' x.txt => run sed -i s/a/b/ x.txt · read x.txt · write x.txt <file:/p/x.txt>
sed -n 1,5p .env => run sed -n 1,5p .env · read .env
sed 's/a/b/e' x => run sed s/a/b/e x OPAQUE · read x
sed 'w /etc/x' y => run sed w /etc/x y · read y · write /etc/x
sort -u a b => run sort -u a b · read a · read b
uniq a b => run uniq a b · read a · write b <file:/p/a>
tr a b => run tr a b
split -b1m big => run split -b1m big · read big
awk -f prog.awk data => run awk -f prog.awk data · read data · read prog.awk
column -t data => run column -t data
"""
)
