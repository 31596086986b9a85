"""How often the detectors speak where nothing is: over everything readable that is installed here; the count is part of the output."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable

import pytest

from gateway.redaction.scan import Armed, spans
from tests.redaction.corpus import blocks

MOST = 1.0
"""Findings for every megabyte."""


class TestBenign:
    def test_installed_packages(self, record_property: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]) -> None:
        size, found, where = 0, Counter[str](), []
        for path, text in blocks():
            size += len(text)
            for start, end, kind in spans(text, Armed(text)):
                found[kind] += 1
                where.append(f"{kind} in {path}: …{text[max(0, start - 30) : start]!r}[{end - start} characters]")
        total = sum(found.values())
        told = f"{total} findings in {size / 1e6:.1f} MB of installed files ({total / size * 1e6:.2f} for every MB): {dict(found.most_common())}"
        record_property("benign", told)
        with capsys.disabled():
            print(f"\n{told}")
        assert size >= 20_000_000, "too little is installed here to say anything"
        assert total / size * 1e6 <= MOST, "\n".join(where[:50])

    def test_identifiers_and_hashes_of_every_kind(self) -> None:
        source = random.Random(7)
        lines = []
        for _ in range(2000):
            data = source.randbytes(32)
            word = uuid.UUID(bytes=data[:16])
            lines += [
                f'"id": "{word}",',
                f"sha256:{data.hex()}",
                f"commit {data[:20].hex()}",
                f'integrity "sha512-{word.hex}=="',
                f"/nix/store/{data[:16].hex()}-pkg",
            ]
        text = "\n".join(lines)
        assert len(text) > 400_000 and spans(text, Armed(text)) == []
