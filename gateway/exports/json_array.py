"""A session as one JSON array of events."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.exports.session_stream import Leaving


def written(leaving: Leaving) -> Iterator[bytes]:
    """Yield the array, one event a line."""
    between = b"[\n"
    for line in leaving.lines():
        yield between + line
        between = b",\n"
    yield b"[]\n" if between == b"[\n" else b"\n]\n"
