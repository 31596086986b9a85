"""A session as one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.exports.leaving import Leaving, event_data
from gateway.model.json_text import line_of


def written(leaving: Leaving) -> Iterator[bytes]:
    """Yield the lines."""
    for event in leaving.events():
        yield line_of(event_data(event))
