from __future__ import annotations

import pytest

from gateway.redaction.assignments import _header_end, name_before, named_spans, providers, value_end, value_start, words_in

V = "a8Kd" + "02mQ" + "zP7x"
"""A value that looks made by a machine."""


def values(text: str) -> list[str]:
    """Return the values found."""
    return [text[start:end] for start, end, _ in named_spans(text, words_in(text.lower()))]


class TestNamed:
    @pytest.mark.parametrize(
        "text",
        [
            f"DB_PASSWORD={V}",
            f"export API_KEY={V}\n",
            f'API_KEY="{V}"',
            f"deploy --password {V} now",
            f"deploy --api-key={V}",
            f'{{"apiKey": "{V}"}}',
            f'{{\\"apiKey\\": \\"{V}\\"}}',
            f"client_secret: {V}",
            f"token = '{V}'",
            f"https://x.example/?a=1&access_token={V}&b=2",
            f'password="{V}", user="x"',
            f"Authorization: Bearer {V}",
            f"authorization: Token {V}",
            f"Authorization: Basic {V}==",
            f"curl -H 'X-Api-Key: {V}' x",
            f"Cookie: session={V}",
            f"Set-Cookie: sid={V}; Path=/",
            f"[default]\naws_secret_access_key = {V}\n",
            f"secret => '{V}'",
            f"aws configure set aws_secret_access_key {V}",
            f"setenv API_TOKEN {V}",
            f"kubectl create secret generic x --from-literal=password={V}",
        ],
    )
    def test_found(self, text: str) -> None:
        assert len(values(text)) == 1 and V in values(text)[0], values(text)

    @pytest.mark.parametrize("text", ["password: hunter2\n", "  db_password = hunter2", "password = 'hunter2'", '"password": "hunter2",'])
    def test_short_passwords_count_in_configuration_and_quotes(self, text: str) -> None:
        assert values(text) == ["hunter2"]

    def test_plain_words_count_in_the_environment_style(self) -> None:
        assert values("DB_PASSWORD=hunter") == ["hunter"]

    @pytest.mark.parametrize(
        "text",
        [
            "token = get_token()",
            "password: string",
            "secret_key = os.environ['X']",
            "API_KEY=$API_KEY",
            'API_KEY="${API_KEY}"',
            "PASSWORD=<password>",
            "max_tokens=4096",
            "if password == other1234:",
            "token: Token | None = None",
            "the token is old",
            "npm config set password later",
            "--token-file /etc/x",
            'next_page_token: "' + V + '"',
            "TOKEN=[REDACTED:token:3f9a]",
            "n.password=t.password2",
            "{password:e1,token:t2}",
        ],
    )
    def test_not(self, text: str) -> None:
        assert values(text) == []


class TestProviders:
    def test_name_before(self) -> None:
        assert name_before("x HEROKU_KEY = 'v", 16) == "HEROKU_KEY"
        assert name_before('{"herokuKey": "v', 15) == "herokuKey"
        assert name_before("plain v", 6) == ""

    def test_value(self) -> None:
        text = "k=ab+cdef/gh== x"
        assert text[value_start(text, 5) : value_end(text, 2)] == "ab+cdef/gh=="

    def test_words_written_apart(self) -> None:
        assert providers("NEW_RELIC_KEY") == ["new", "relic", "key", "newrelic", "relickey", "newrelickey"]


def test_a_header_ends_where_its_line_or_its_quote_does_however_long_it_is() -> None:
    for size in (10, 63, 64, 65, 600, 5_000):
        value = "x1" * size
        for end in ("\n", "\r", '"', "'", "\\n"):
            assert _header_end(f"{value}{end}rest", 0, 8192 * 4, "") == len(value)
        assert _header_end(f"{value}'rest\"", 0, 8192 * 4, '"') == len(value) + 5
        assert _header_end(value, 0, 8192 * 4, "") == len(value)
        assert _header_end(value, 0, 7, "") == 7
