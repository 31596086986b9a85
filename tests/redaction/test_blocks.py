from __future__ import annotations

import random

import pytest

from gateway.redaction.alphabets import ALPHABETS
from gateway.redaction.blocks import open_block, spans
from tests.redaction.samples import run

LINES = [run(ALPHABETS["base64"], 64, random.Random(number)) for number in range(6)]


def block(kind: str, joint: str = "\n", *, end: bool = True) -> str:
    """Return a key block."""
    lines = ["-----BEGIN " + f"{kind}-----", *LINES, *(["-----END " + f"{kind}-----"] if end else [])]
    return joint.join(lines)


class TestBlocks:
    @pytest.mark.parametrize(
        "kind", ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK"]
    )
    @pytest.mark.parametrize("joint", ["\n", "\r\n", "\\n", "\\r\\n", '",\n"', "\n    "])
    def test_whole(self, kind: str, joint: str) -> None:
        text = block(kind, joint)
        assert spans(f"a {text} b") == [(2, 2 + len(text), "private-key")]

    def test_cut_off(self) -> None:
        text = block("PRIVATE KEY", end=False)
        assert spans(text) == [(0, len(text), "private-key")]

    @pytest.mark.parametrize(
        "text", [block("CERTIFICATE"), block("PUBLIC KEY"), "if '-----BEGIN " + "PRIVATE KEY-----' in text and this is long enough to read on:"]
    )
    def test_what_is_no_private_key(self, text: str) -> None:
        assert spans(text) == []

    def test_putty(self) -> None:
        text = "PuTTY-User-Key-File-3: ssh-ed25519\nPublic-Lines: 2\nAAAA\nPrivate-Lines: 1\n" + LINES[0] + "\nPrivate-MAC: 00"
        ((start, end, kind),) = spans(text)
        assert text[start:end].startswith("Private-Lines") and LINES[0] in text[start:end] and kind == "private-key"

    def test_open(self) -> None:
        assert open_block("x " + block("PRIVATE KEY", end=False)) == 2
        assert open_block(block("PRIVATE KEY")) == -1 == open_block("x")
