"""What the programs of `containers` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
docker run --rm -v /etc:/mnt alpine cat /mnt/shadow => run docker run --rm -v /etc:/mnt alpine cat /mnt/shadow · read /etc [mounted] · write /etc [mounted] <file:/etc> · run cat /mnt/shadow [remote] · read /etc/shadow
docker run -v ./a:/a:ro -w /a alpine cat .env /etc/passwd => run docker run -v ./a:/a:ro -w /a alpine cat .env /etc/passwd · read ./a [mounted] · run cat .env /etc/passwd [remote] · read /p/a/.env
docker run --mount type=bind,src=a,dst=/a,ro alpine sh -c 'cat /*/k' => run docker run --mount type=bind,src=a,dst=/a,ro alpine sh -c cat /*/k · read a [mounted] · run sh -c cat /*/k [remote] · run cat /*/k [remote] · read /p/a/k [glob]
docker run -v ./a:/a:ro -v ./b:/a/b:ro alpine rm -rf /a/b/c => run docker run -v ./a:/a:ro -v ./b:/a/b:ro alpine rm -rf /a/b/c · read ./a [mounted] · read ./b [mounted] · run rm -rf /a/b/c [remote] · write /p/b/c [delete,tree]
docker run -v data:/d alpine rm -rf /d => run docker run -v data:/d alpine rm -rf /d · run rm -rf /d [remote]
docker run -v $X:/w alpine cat /w/.env => run docker run -v □:/w alpine cat /w/.env · run cat /w/.env [remote] · read □/.env @/
docker compose run -v ./a:/a:ro web cat /a/k => run docker compose run -v ./a:/a:ro web cat /a/k · read ./a [mounted] · run cat /a/k [remote] · read /p/a/k
ssh h docker run -v /:/x i cat /x/k => run ssh h docker run -v /:/x i cat /x/k · connect h · run docker run -v /:/x i cat /x/k [remote] · run cat /x/k [remote]
docker run --privileged -it ubuntu bash => run docker run --privileged -it ubuntu bash · run bash [remote]
docker exec web cat /etc/passwd => run docker exec web cat /etc/passwd · run cat /etc/passwd [remote]
docker build -t x . => run docker build -t x .
docker ps -a => run docker ps -a
docker cp web:/etc/passwd out => run docker cp web:/etc/passwd out · write out [tree]
podman run alpine id => run podman run alpine id · run id [remote]
docker compose up -d => run docker compose up -d [runner]
"""
)
