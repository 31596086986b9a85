"""A session as one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.exports.session_stream import Leaving


def written(leaving: Leaving) -> Iterator[bytes]:
    """Yield the lines."""
    for line in leaving.lines():
        yield line + b"\n"
