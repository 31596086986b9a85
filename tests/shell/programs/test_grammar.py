"""What the programs of `grammar` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
grep -e secret .env => run grep -e secret .env · read .env
grep --file=patterns.txt x.txt => run grep --file=patterns.txt x.txt · read patterns.txt · read x.txt
sort -o out.txt in.txt => run sort -o out.txt in.txt · read in.txt · write out.txt <file:/p/in.txt>
head -n5 .env => run head -n5 .env · read .env
wc -l src/main.py => run wc -l src/main.py · read src/main.py
diff a b => run diff a b · read a · read b
tee -a out.log => run tee -a out.log · write out.log
cut -d: -f1 /etc/passwd => run cut -d: -f1 /etc/passwd · read /etc/passwd
"""
)
