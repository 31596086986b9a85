"""Events as they may leave the store: cleaned again, without what is of no use elsewhere. A large session is read by
all cores at once.

Blocks of its lines go to processes of our own and come back in order; no more of them are under way than there are
cores to work on them.
"""

from __future__ import annotations

import functools
import marshal
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from gateway.analysis.export_cleaner import Recleaner
from gateway.model.errors import TraceError
from gateway.model.event import Event
from gateway.model.record import replaced
from gateway.reports.session_cleaner import recleaner
from gateway.traces.hash_chain import Chain, check_chain
from gateway.traces.reader import EVENTS, lines, parsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

LARGE_BYTES = 16 << 20
"""Sessions from this size on are read by several processes."""
BLOCK_BYTES = 4 << 20
MOST_PROCESSES = 4
_HOW = ("tree", "glob", "list", "delete", "search")

Warn = Callable[[str], None]


class Leaving:
    """Reads sessions of a store for somebody else's eyes.

    cleaner   counts what was taken out
    problems  session -> what is wrong with its chain, or ""; known when all of its events were read
    """

    def __init__(self, store: str, *, mask: bool, warn: Warn, thorough: bool = False) -> None:
        self.store = store
        self.mask = mask
        self.thorough = thorough
        self.cleaner = recleaner(store, mask=mask, thorough=thorough)
        self.problems: dict[str, str] = {}
        self._warn = warn
        self._lines = 0

    def events(self, session: str) -> Iterator[Event]:
        """Yield the events of a session in order, each as it may leave. Raises TraceError."""
        try:
            size = os.path.getsize(f"{self.store}/{session}/{EVENTS}")
        except OSError as error:
            raise TraceError(f"session `{session}` cannot be read: {error.strerror}") from None
        processes = min(
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST_PROCESSES
        )
        return (
            self._together(session, size, processes) if size >= LARGE_BYTES and processes > 1 else self._alone(session)
        )

    def _alone(self, session: str) -> Iterator[Event]:
        chain = Chain()
        for number, (_, line) in enumerate(lines(self.store, session), 1):
            event = parsed(line)
            chain.add(line, event.extra.get("prev_hash") if event else None, readable=event is not None)
            if event is not None:
                yield cleaned(event, self.cleaner)
            elif line.strip():
                self._skipped(session, number)
        self.problems[session] = chain.problem

    def _together(self, session: str, size: int, processes: int) -> Iterator[Event]:
        self._lines = 0
        under_way: deque[Future[bytes]] = deque()
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            try:
                chain = pool.submit(check_chain, self.store, session)
                for start, end in blocks(f"{self.store}/{session}/{EVENTS}", size):
                    under_way.append(
                        pool.submit(read_block, self.store, session, start, end, mask=self.mask, thorough=self.thorough)
                    )
                    if len(under_way) > processes:
                        yield from self._arrived(session, under_way.popleft().result())
                while under_way:
                    yield from self._arrived(session, under_way.popleft().result())
                self.problems[session] = chain.result()[1]
                return
            except BrokenProcessPool:
                if self._lines:
                    raise TraceError(
                        f"session `{session}` cannot be read: a process that read a part of it was ended"
                    ) from None
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        yield from self._alone(session)  # no process of ours can start here

    def _arrived(self, session: str, block: bytes) -> Iterator[Event]:
        """Yield the events of the block that follows the lines that were read."""
        # # made by our own process, never read from a file
        rows, count, skipped, counts = marshal.loads(block)  # noqa: S302
        self.cleaner.count(*counts)
        for at in skipped:
            self._skipped(session, self._lines + at)
        self._lines += count
        for kind, timestamp, name, parent, duration, data, marked in rows:
            yield Event(kind, timestamp, name, session, parent=parent, duration_ms=duration, data=data, extra=marked)

    def _skipped(self, session: str, number: int) -> None:
        self._warn(f"{session}: line {number} is not an event and was skipped")


def cleaned(event: Event, cleaner: Recleaner) -> Event:
    """Return an event as it may leave: without what was seen when it was judged, its actions in a few words."""
    data = event.data
    data.pop("facts", None)
    actions = data.get("actions")
    if isinstance(actions, list):
        data["actions"] = [_shortened(action) for action in actions if isinstance(action, dict)]
    marked = {"redacted": event.extra["redacted"]} if "redacted" in event.extra else {}
    leaving: Event = replaced(event, data=cleaner.data(data, event.extra.get("scan")), extra=marked)
    return leaving


def _shortened(action: JsonObject) -> list[object]:
    """Return an action as `[verb, target, why it is opaque, manner]`."""
    how = action.get("how")
    manner = next((str(item) for item in how if item in _HOW), "") if isinstance(how, list) else ""
    return [str(action.get("verb")), str(action.get("target")), str(action.get("opaque") or ""), manner]


def blocks(path: str, size: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of blocks of whole lines that make up the first bytes of a file."""
    with open(path, "rb") as file:
        start = 0
        while start < size:
            file.seek(min(start + BLOCK_BYTES, size))
            end = file.tell() + len(file.readline()) if file.tell() < size else size
            yield start, end
            start = end


@functools.cache
def _own_cleaner(store: str, *, mask: bool, thorough: bool) -> Recleaner:
    """Return the cleaner that this process keeps for a store: what it remembers serves the next block."""
    return recleaner(store, mask=mask, thorough=thorough)


def read_block(store: str, session: str, start: int, end: int, *, mask: bool, thorough: bool) -> bytes:
    """Return a block of a session, read and cleaned.

    `(rows, lines, numbers of the lines without an event, (what was taken out, events looked at in part, events not
    looked at))`
    """
    cleaner = _own_cleaner(store, mask=mask, thorough=thorough)
    cleaner.removed, cleaner.partial, cleaner.trusted = {}, 0, 0
    with open(f"{store}/{session}/{EVENTS}", "rb") as file:
        file.seek(start)
        block = file.read(end - start).split(b"\n")
    if not block[-1]:
        block.pop()
    rows, skipped = [], []
    for number, line in enumerate(block, 1):
        event = parsed(line)
        if event is not None:
            item = cleaned(event, cleaner)
            rows.append((item.type, item.timestamp, item.id, item.parent, item.duration_ms, item.data, item.extra))
        elif line.strip():
            skipped.append(number)
    return marshal.dumps((rows, len(block), skipped, (cleaner.removed, cleaner.partial, cleaner.trusted)))
