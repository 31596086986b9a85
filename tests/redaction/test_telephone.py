from __future__ import annotations

import pytest

from gateway.redaction.telephone import phones


class TestPhones:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("call +44 20 7031 3000 now", "+44 20 7031 3000"),
            ("tel:+4930901820", "+4930901820"),
            ("+1 (415) 555-2671", "+1 (415) 555-2671"),
            ("x +81-3-1234-5678.", "+81-3-1234-5678"),
        ],
    )
    def test_found(self, text: str, number: str) -> None:
        ((start, end),) = phones(text)
        assert text[start:end] == number

    @pytest.mark.parametrize("text", ["1 + 2 + 3 = 6", "c++11 and 2024-01-01", "+999 123 4567", "offset +0200"])
    def test_not(self, text: str) -> None:
        assert phones(text) == []
