"""Following a session while it is written: whole lines as they come, and a sign of life between them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from gateway.model.errors import TraceError
from gateway.model.event import Event
from gateway.traces.decode import parsed
from gateway.traces.reader import EVENTS

MAX_READ = 4 << 20


def follow(store: str, session: str, *, interval: float = 0.5) -> Iterator[Event | None]:
    """Yield the events of a session from its first on, and None whenever there is nothing new for `interval` seconds.

    A line is read when it is whole. A file that gets shorter is followed from its new beginning. Raises TraceError when
    it is gone.
    """
    path = f"{store}/{session}/{EVENTS}"
    offset, rest = 0, b""
    while True:
        try:
            with open(path, "rb") as file:
                if os.fstat(file.fileno()).st_size < offset:
                    offset, rest = 0, b""
                file.seek(offset)
                data = file.read(MAX_READ)
        except OSError as error:
            raise TraceError(f"session `{session}` cannot be followed: {error.strerror}") from None
        offset += len(data)
        *whole, rest = (rest + data).split(b"\n")
        for line in whole:
            event = parsed(line)
            if event is not None:
                yield event
        if len(data) < MAX_READ:
            yield None
            time.sleep(interval)
