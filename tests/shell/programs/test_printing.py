"""What the programs of `printing` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
cat a b => run cat a b · read a · read b
cat -n .env => run cat -n .env · read .env
echo hello => run echo hello
printf '%s' "$HOME" => run printf %s /home/u
head .env => run head .env · read .env
base64 .env => run base64 .env · read .env
base64 -d x => run base64 -d x · read x
xxd key.pem => run xxd key.pem · read key.pem
echo cm0gLXJmIC8= | base64 -d => run echo cm0gLXJmIC8= · run base64 -d
"""
)
