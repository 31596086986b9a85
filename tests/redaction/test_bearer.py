from __future__ import annotations

import base64
import random
import string

import pytest

from gateway.redaction.redact import Cleaner
from tests.redaction.samples import web_token

SOURCE = random.Random(7)


def made(count: int, chars: str = string.ascii_letters + string.digits) -> str:
    """Return a value as a machine makes it."""
    return "a1" + "".join(SOURCE.choice(chars) for _ in range(count - 2))


VALUES = (
    made(12),
    made(20),
    made(40),
    made(40, "0123456789abcdef"),
    web_token(SOURCE),
    made(30, string.ascii_letters + string.digits + "-._~+/") + "==",
)
PLACES = (
    "my key is Bearer {}",
    "TOKEN=Bearer {}",
    'TOKEN="Bearer {}"\n',
    "token: bearer {} expires soon",
    "use BEARER {}.",
    "curl -H 'X-Forwarded-Access: Bearer {}' https://h.example",
    "Bearer\t{}",
    "Bearer\n  {}\n",
    "authorization: bearer {}",
)
PROSE = (
    "send the bearer token with each request",
    "Bearer authentication is described in RFC 6750",
    "the bearer of news arrived",
    "Bearer ${TOKEN}",
    "Bearer $API_TOKEN2024",
    "Bearer <your-token-1234>",
    'f"Bearer {token}"',
    "Bearer your-token-here-123",
    "class BearerAuth2Scheme: pass",
    "Bearer AuthenticationMiddlewareFactory",
    "forbearer abc123def456",
    "token type: bearer\nexpires_in: 3600",
    "authorization: bearer tokens are accepted",
)


class TestBearer:
    @pytest.mark.parametrize("place", PLACES)
    def test_a_token_behind_the_word_goes(self, place: str) -> None:
        for value in VALUES:
            assert value.rstrip("=") not in Cleaner(b"key").text(place.format(value)), place

    @pytest.mark.parametrize("place", PLACES[:3])
    def test_in_base64_too(self, place: str) -> None:
        for value in VALUES:
            inside = base64.b64encode(place.format(value).encode()).decode()
            assert inside not in Cleaner(b"key").text(f"x {inside} y")

    @pytest.mark.parametrize("text", PROSE)
    def test_prose_and_placeholders_stay(self, text: str) -> None:
        assert Cleaner(b"key").text(text) == text

    def test_in_values_of_json(self) -> None:
        value = made(40)
        cleaned = Cleaner(b"key").value({"TOKEN": f"Bearer {value}", "note": [f"say Bearer {value}"]})
        assert value not in str(cleaned) and "Bearer [REDACTED:" in cleaned["note"][0]

    def test_the_mark_of_one_is_left_alone(self) -> None:
        once = Cleaner(b"key").text(f"Bearer {made(40)}")
        assert Cleaner(b"key").text(once) == once
