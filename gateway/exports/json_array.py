"""A session as one JSON array of events."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.exports.leaving import Leaving, event_data
from gateway.model.json_text import line_of


def written(leaving: Leaving) -> Iterator[bytes]:
    """Yield the array, one event a line."""
    between = b"[\n"
    for event in leaving.events():
        yield between + line_of(event_data(event))[:-1]
        between = b",\n"
    yield b"[]\n" if between == b"[\n" else b"\n]\n"
