from __future__ import annotations

import pytest

from gateway.redaction.personal import shape, spans
from gateway.redaction.selection import IP, PERSONAL

EVERY = frozenset((*PERSONAL, IP))
CARD = "4242 " * 3 + "4242"


def found(text: str) -> list[tuple[str, str]]:
    """Return (kind, value) of what is found."""
    return [(kind, text[start:end]) for start, end, kind in spans(text, EVERY)]


class TestSpans:
    @pytest.mark.parametrize(
        ("text", "kind", "value"),
        [
            ("write to Ann.Lee+x@mail.example.org, please", "email", "Ann.Lee+x@mail.example.org"),
            (f"card {CARD}.", "payment-card", CARD),
            ("card " + "378282246" + "310005", "payment-card", "378282246" + "310005"),
            ("ssn 123-45-6789", "us-ssn", "123-45-6789"),
            ("iban GB82 WEST 1234 5698 7654 32 ok", "iban", "GB82 WEST 1234 5698 7654 32"),
            ("iban: DE89370400440532013000", "iban", "DE89370400440532013000"),
            ("arn:aws:iam::123456789012:user/ann here", "aws-arn", "arn:aws:iam::123456789012:user/ann"),
            ("call +49 30 901820 now", "phone", "+49 30 901820"),
            ("call (415) 555-2671", "phone", "(415) 555-2671"),
            ("call 415-555-2671", "phone", "415-555-2671"),
            ("from 10.1.2.3:80", "ip-address", "10.1.2.3"),
        ],
    )
    def test_found(self, text: str, kind: str, value: str) -> None:
        assert found(text) == [(kind, value)]

    @pytest.mark.parametrize(
        "text",
        [
            "git@github.example:x/y.git",
            "left-pad@1.3.0",
            "4242 4242 4242 4241",
            "1234-5678-9012",
            "000-12-3456",
            "GB83 WEST 1234 5698 7654 32",
            "arn:aws:s3:::bucket/key",
            "+1 2 3",
            "2024-01-02 10:11:12",
            "1700000000000",
            "1.2.3.4.5",
            "999.1.1.1",
        ],
    )
    def test_not(self, text: str) -> None:
        assert found(text) == []


class TestShape:
    @pytest.mark.parametrize(
        ("kind", "value", "shaped"),
        [
            ("email", "ann@mail.example", "M@mail.example"),
            ("payment-card", CARD, "M4242"),
            ("us-ssn", "123-45-6789", "M6789"),
            ("aws-arn", "arn:aws:iam::123456789012:user/ann", "arn:aws:iam::M:user/ann"),
            ("ip-address", "10.1.2.3", "M"),
        ],
    )
    def test_keeps_what_cannot_tell_whose_it_is(self, kind: str, value: str, shaped: str) -> None:
        assert shape(kind, value, "M") == shaped
