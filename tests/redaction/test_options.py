from __future__ import annotations

import pytest

from gateway.redaction.options import could_stand_in, spans


class TestOptions:
    @pytest.mark.parametrize(
        "text",
        [
            "curl -s -u ann:hunter22 https://x.example",
            "curl --user 'ann:hunter22' https://x.example",
            "curl --user=ann:hunter22 x",
            "mysql -h db -u root -phunter22 shop",
            "mysqldump -uroot -p'hunter22' shop",
            "sshpass -p hunter22 ssh ann@x",
            "redis-cli -h x -a hunter22 ping",
            "docker login -u ann -p hunter22 registry",
            "machine x.example login ann password hunter22\n",
            "machine x.example\n  login ann\n  password hunter22",
        ],
    )
    def test_found(self, text: str) -> None:
        assert could_stand_in(text) and [text[start:end] for start, end, _ in spans(text)] == ["hunter22"]

    @pytest.mark.parametrize(
        "text",
        [
            "docker run -u 1000:1000 x",
            "curl -u $USER:$PASSWORD x",
            "mysql -p shop -u root",
            "mkdir -p some/folder",
            "curl https://x | grep -u ann:hunter22",
            "the login page; cp -p file other",
            "sshpass -p [REDACTED:password:3f9a] ssh x",
            "the machine asks for a password again",
        ],
    )
    def test_not(self, text: str) -> None:
        assert spans(text) == []
