"""Packs: data that stands in a page compressed, as base64 in blocks of its own, written while it comes in.

Compression runs beside the reading, in a thread; at most two blocks wait for it, so a page of any size needs little
memory.
"""

from __future__ import annotations

import base64
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO

BLOCK = 2 << 20
"""Bytes that are compressed at a time."""
LEVEL = 2
"""zlib's level: twice as fast as its default for a tenth more bytes."""
_WAITING = 2


def squeezed(data: bytes) -> bytes:
    """Return data as base64 of a zlib stream."""
    return base64.b64encode(zlib.compress(data, LEVEL))


class Packer:
    """Writes packs into a page.

    layout  (name of the stream, bytes when unpacked) of each pack written so far, in order
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.layout: list[tuple[str, int]] = []
        self._file = file
        self._streams: dict[str, bytearray] = {}
        self._pool = ThreadPoolExecutor(1)
        self._waiting: list[Future[bytes]] = []

    def add(self, stream: str, data: bytes) -> None:
        """Add data to the end of a stream."""
        held = self._streams.get(stream)
        if held is None:
            held = self._streams[stream] = bytearray()
        held += data
        if len(held) >= BLOCK:
            self._pack(stream)

    def close(self) -> None:
        """Write what is still held."""
        for stream in list(self._streams):
            self._pack(stream)
        while self._waiting:
            self._write()
        self._pool.shutdown()

    def _pack(self, stream: str) -> None:
        data = bytes(self._streams.pop(stream))
        self.layout.append((stream, len(data)))
        self._waiting.append(self._pool.submit(squeezed, data))
        if len(self._waiting) > _WAITING:
            self._write()

    def _write(self) -> None:
        self._file.write(b'<script type="application/x-pack">' + self._waiting.pop(0).result() + b"</script>\n")
