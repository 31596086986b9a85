from __future__ import annotations

import hashlib

from gateway.model.digest import digest_of_pieces, hex_digest, plain_digest


class TestDigest:
    def test_plain_is_sha256(self) -> None:
        assert plain_digest(b"abc") == hashlib.sha256(b"abc").hexdigest()

    def test_pieces_are_one(self) -> None:
        assert digest_of_pieces([b"a", b"", b"bc"]) == plain_digest(b"abc")

    def test_parts_cannot_run_into_each_other(self) -> None:
        assert hex_digest("ab", "c") != hex_digest("a", "bc")
