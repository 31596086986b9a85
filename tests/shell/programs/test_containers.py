"""What the programs of `containers` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
docker run --rm -v /etc:/mnt alpine cat /mnt/shadow => run docker run --rm -v /etc:/mnt alpine cat /mnt/shadow · read /etc [mounted] · write /etc [mounted] <file:/etc> · run cat /mnt/shadow [remote]
docker run --privileged -it ubuntu bash => run docker run --privileged -it ubuntu bash · run bash [remote]
docker exec web cat /etc/passwd => run docker exec web cat /etc/passwd · run cat /etc/passwd [remote]
docker build -t x . => run docker build -t x .
docker ps -a => run docker ps -a
docker cp web:/etc/passwd out => run docker cp web:/etc/passwd out · write out [tree]
podman run alpine id => run podman run alpine id · run id [remote]
docker compose up -d => run docker compose up -d [runner]
"""
)
