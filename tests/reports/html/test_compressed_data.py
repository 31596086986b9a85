"""Packs: what goes in comes out, in order, in blocks."""

from __future__ import annotations

import base64
import io
import re
import zlib

import pytest

from gateway.reports.html import compressed_data
from gateway.reports.html.compressed_data import Packer


def unpacked(page: bytes, layout: list[tuple[str, int]]) -> dict[str, bytes]:
    """Return the streams of a page, as a browser puts them together."""
    found: dict[str, bytes] = {}
    blocks = re.findall(rb'<script type="application/x-pack">([A-Za-z0-9+/=]*)</script>', page)
    assert len(blocks) == len(layout)
    for (name, size), block in zip(layout, blocks, strict=True):
        data = zlib.decompress(base64.b64decode(block))
        assert len(data) == size
        found[name] = found.get(name, b"") + data
    return found


class TestPacker:
    @pytest.mark.parametrize("block", [1, 7, 1 << 20])
    def test_round_trip_in_blocks_of_any_size(self, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
        monkeypatch.setattr(compressed_data, "BLOCK", block)
        file = io.BytesIO()
        packer = Packer(file)
        wanted = {"a": b"", "b": b""}
        for number in range(50):
            for stream in wanted:
                data = f"{stream}{number}</script><!--".encode()
                packer.add(stream, data)
                wanted[stream] += data
        packer.close()
        assert unpacked(file.getvalue(), packer.layout) == wanted

    def test_nothing_is_nothing(self) -> None:
        file = io.BytesIO()
        Packer(file).close()
        assert file.getvalue() == b""
