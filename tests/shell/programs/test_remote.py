"""What the programs of `remote` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
ssh host 'cat /etc/passwd' => run ssh host cat /etc/passwd · connect host · run cat /etc/passwd [remote]
ssh -o ProxyCommand='sh -c id' host => run ssh -o ProxyCommand=sh -c id host · connect host · run sh -c id · run id
ssh -i key.pem user@host => run ssh -i key.pem user@host · read key.pem [meta] · connect host
scp .env host:/tmp => run scp .env host:/tmp · read .env · connect host <file:/p/.env>
scp host:/tmp/x . => run scp host:/tmp/x . · connect host · write . <network:host>
sftp host => run sftp host · connect host
mosh host => run mosh host · connect host
ssh host => run ssh host · connect host
sshpass -p x ssh host id => run sshpass -p x ssh host id [wrapper] · run ssh host id · connect host · run id [remote]
"""
)
