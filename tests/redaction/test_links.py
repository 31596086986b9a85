from __future__ import annotations

import pytest

from gateway.redaction.links import spans


class TestLinks:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("postgres://app:s3cr3tpw@db:5432/x", "s3cr3tpw"),
            ("mysql://root:p/ss@w@localhost/db", "p/ss@w"),
            ("see https://bob:hunter22@example.org/x?y=a@b", "hunter22"),
            ("redis://:only-password@cache", "only-password"),
            ("https://" + "a1b2c3d4e5" * 4 + "@git.example.org/x", "a1b2c3d4e5" * 4),
            ("mongodb+srv://u:pa%40ss@c.example.net", "pa%40ss"),
        ],
    )
    def test_found(self, text: str, value: str) -> None:
        ((start, end, _),) = spans(text)
        assert text[start:end] == value

    @pytest.mark.parametrize(
        "text",
        [
            "https://example.org/@scope/pkg",
            "https://user:pass@example.org",
            "https://$USER:$TOKEN@example.org",
            "postgres://app:${DB}@db/x",
            "ssh://git@example.org/x",
            "://x:y@z",
            "https://example.org/a:b@c",
            "postgres://app:[REDACTED:connection-string:3f9a]@db/x",
        ],
    )
    def test_not(self, text: str) -> None:
        assert spans(text) == []
