from __future__ import annotations

import base64
import gzip
import zlib

import pytest

from gateway.redaction.nested import Budget, pieces, unescaped, unquoted

SAID = "the password of the day is: nobody knows " * 4


def told(text: str) -> list[str]:
    """Return what is encoded in a text."""
    return [said for _, _, said in pieces(text, Budget())]


class TestPieces:
    @pytest.mark.parametrize(
        "encoded",
        [
            base64.b64encode(SAID.encode()).decode(),
            base64.urlsafe_b64encode(SAID.encode()).decode().rstrip("="),
            SAID.encode().hex(),
            SAID.encode().hex().upper(),
            base64.b64encode(gzip.compress(SAID.encode(), mtime=0)).decode(),
            base64.b64encode(zlib.compress(SAID.encode())).decode(),
            "".join(f"%{byte:02x}" for byte in SAID.encode()),
            "".join(f"\\u{byte:04x}" for byte in SAID.encode()),
            "".join(f"\\\\x{byte:02X}" for byte in SAID.encode()),
        ],
        ids=["base64", "base64url", "hex", "HEX", "gzip", "zlib", "percent", "escapes", "more escapes"],
    )
    def test_says(self, encoded: str) -> None:
        text = f'x "{encoded}" y'
        assert SAID in told(text)
        assert any(text[start:end] == encoded for start, end, _ in pieces(text, Budget()))

    def test_broken_into_lines(self) -> None:
        assert SAID in told(base64.encodebytes(SAID.encode()).decode())

    @pytest.mark.parametrize("lines", [2, 3, 5])
    @pytest.mark.parametrize("behind", ["\n plain text", "\n\nend", "", "\nplain", "="])
    def test_broken_into_lines_that_are_all_full(self, lines: int, behind: str) -> None:
        said = (SAID * 3)[: 57 * lines]
        assert said in told(base64.encodebytes(said.encode()).decode().rstrip("\n") + behind)

    def test_hashes_and_names_say_nothing(self) -> None:
        assert told("d41d8cd98f00b204e9800998ecf8427e some/path/to_a/Long-Name.txt " + "Zz9/" * 10) == []

    def test_the_budget_ends_it(self) -> None:
        bomb = base64.b64encode(gzip.compress(b"a" * 100_000, mtime=0)).decode()
        budget = Budget(10_000)
        assert sum(len(said) for _, _, said in pieces(bomb, budget)) <= 10_000 and budget.spent

    def test_unescaped(self) -> None:
        assert unescaped("a\\u0062\\\\x63\\q") == "abcq"

    def test_unquoted(self) -> None:
        assert unquoted("a%20b%zz%") == "a b%zz%"
