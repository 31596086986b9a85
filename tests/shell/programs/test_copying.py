"""What the programs of `copying` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
cp -Zr a b.d => run cp -Zr a b.d · read a [tree] · write b.d [tree] <file:/p/a>
cp a b => run cp a b · read a · write b <file:/p/a> · write b/a <file:/p/a>
cp -r src dest/ => run cp -r src dest/ · read src [tree] · write dest/src [tree] <file:/p/src>
cp -t dest a b => run cp -t dest a b · read a · read b · write dest/a <file:/p/a,file:/p/b> · write dest/b <file:/p/a,file:/p/b>
mv a b => run mv a b · read a [tree] · write a [delete,moved] · write b <file:/p/a> · write b/a <file:/p/a>
ln -s /etc/passwd here => run ln -s /etc/passwd here · read /etc/passwd [tree] · write here [create] <file:/etc/passwd> · write here/passwd [create] <file:/etc/passwd>
install -m 755 a /usr/bin/a => run install -m 755 a /usr/bin/a · read a · write /usr/bin/a <file:/p/a> · write /usr/bin/a/a <file:/p/a>
dd if=/dev/zero of=/dev/sda => run dd if=/dev/zero of=/dev/sda · read /dev/zero · write /dev/sda <file:/dev/zero>
rsync -av src/ host:dest/ => run rsync -av src/ host:dest/ · read src/ [tree] · connect host <file:/p/src>
rsync -e 'sh -c id' a b: => run rsync -e sh -c id a b: · read a [tree] · connect b <file:/p/a> · run sh -c id · run id
cp .env /tmp/x => run cp .env /tmp/x · read .env · write /tmp/x <file:/p/.env> · write /tmp/x/.env <file:/p/.env>
"""
)
