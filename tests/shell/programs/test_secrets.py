"""What the programs of `secrets` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
gpg --export-secret-keys => run gpg --export-secret-keys
gpg -d secret.gpg => run gpg -d secret.gpg · read secret.gpg
pass show mail => run pass show mail
security find-generic-password -w => run security find-generic-password -w
vault kv get secret/x => run vault kv get secret/x
op read op://a/b => run op read op://a/b
age -d -i key.txt x.age => run age -d -i key.txt x.age · read key.txt [meta] · read x.age
openssl rsa -in key.pem => run openssl rsa -in key.pem · read key.pem
ssh-keygen -f key -y => run ssh-keygen -f key -y · read key
"""
)
