"""The index of a store and of its sessions: what each comes to, without reading its events again while they have not
changed.

Only a cache: made from the events, remade when a file differs in any way from what it was, gone on with when a session
has grown.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from zlib import crc32

from gateway.analysis.summary import Summary, Tool
from gateway.analysis.summary_fold import Fold
from gateway.host.store_key import store_key
from gateway.model.errors import TraceError
from gateway.traces.cache import read_cache, write_cache
from gateway.traces.decode import decoded, encoded, lean
from gateway.traces.reader import EVENTS, META, Stamp, Warn, lines, meta, skipped, stamp_of, stamped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

VERSION = 5
"""Of what the caches hold; a cache of another version is made anew."""
STEP = 4096
"""Every so many events the place of one is kept."""
LARGE_BYTES = 1024 * 1024
"""Sessions from this size on have a cache of their own."""
_BLOCK = 1024 * 1024
STORE_CACHE = ".index"
SESSION_CACHE = ".index"

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class SessionIndex:
    """One session: its summary and where its events are.

    summary  what its events come to
    offsets  byte offset of event 1, 1 + STEP, 1 + 2 * STEP, …
    skipped  lines that hold no event
    stamp    of the events file
    read_to  bytes of it that were read; a torn last line is read again
    check    CRC-32 of those bytes, which must still be what they were before a session is gone on with
    """

    stamp: Stamp
    summary: Summary = field(default_factory=Summary)
    offsets: list[int] = field(default_factory=list)
    skipped: int = 0
    lines: int = 0
    read_to: int = 0
    check: int = 0
    version: int = VERSION


@dataclass(slots=True)
class SessionSummary:
    """One session of a store in a few numbers and words: a row of `list`, a point of `dashboard`.

    first, last  seconds since the epoch
    seconds      how long it took
    tools        tool -> calls, errors and times
    verdicts     effect -> calls
    rules        rule that spoke -> calls it asked about or denied
    usage        model -> tokens: input, output, read from cache, written to cache for five minutes, for an hour (see
                 Summary)
    cost_usd     what the record itself says it cost, 0 when it does not
    title        the first prompt
    outcomes     what became of the calls (see call_outcomes) -> calls
    """

    session: str
    agent: str = ""
    provider: str = ""
    user: str = ""
    repository: str = ""
    branch: str = ""
    command: str = ""
    parent_session: str = ""
    parent_event: str = ""
    first: float = 0.0
    last: float = 0.0
    seconds: float = 0.0
    ended: bool = False
    events: int = 0
    calls: int = 0
    errors: int = 0
    prompts: int = 0
    llm_requests: int = 0
    files_read: int = 0
    files_written: int = 0
    skipped: int = 0
    cost_usd: float = 0.0
    title: str = ""
    tools: dict[str, Tool] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    usage: dict[str, list[int]] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """How many tokens the record tells of, of every kind."""
        return sum(sum(counts) for counts in self.usage.values())


@dataclass(slots=True)
class _Row:
    events: Stamp
    meta: Stamp | None
    told: SessionSummary


@dataclass(slots=True)
class _Rows:
    rows: list[_Row]
    version: int = VERSION


def session_index(store: str, session: str, warn: Warn | None = None) -> SessionIndex:
    """Return the index of a session, up to date with its events. Raises TraceError when they cannot be read."""
    path = f"{store}/{session}/{EVENTS}"
    stamp = stamp_of(path)
    if stamp is None:
        raise TraceError(f"session `{session}` cannot be read: it is not there (any more)")
    known = _known(store, session, stamp) if stamp.size >= LARGE_BYTES else None
    if known is not None and known.stamp == stamp:
        return known
    index = known or SessionIndex(stamp)
    index.stamp = stamp
    _go_on(store, session, index, warn)
    if stamp.size >= LARGE_BYTES:
        write_cache(f"{store}/{session}/{SESSION_CACHE}", store_key(store), encoded(index))
    return index


def fresh_index(store: str, session: str) -> SessionIndex | None:
    """Return the index of a session when it is kept and up to date, None when it would have to be made."""
    stamp = stamp_of(f"{store}/{session}/{EVENTS}")
    known = _known(store, session, stamp) if stamp is not None and stamp.size >= LARGE_BYTES else None
    return known if known is not None and known.stamp == stamp else None


def _known(store: str, session: str, stamp: Stamp) -> SessionIndex | None:
    """Return the cached index of a session whose events were at most appended to since."""
    data = read_cache(f"{store}/{session}/{SESSION_CACHE}", store_key(store))
    index = decoded(data, SessionIndex) if data is not None else None
    if index is None or index.version != VERSION or index.stamp.inode != stamp.inode or index.read_to > stamp.size:
        return None
    return (
        index
        if index.stamp == stamp or _check(f"{store}/{session}/{EVENTS}", 0, index.read_to) == index.check
        else None
    )


def _check(path: str, check: int, end: int, start: int = 0) -> int:
    """Return the CRC-32 of a stretch of a file, gone on with from another's; -1 when it is not there."""
    try:
        with open(path, "rb") as file:
            file.seek(start)
            while start < end:
                block = file.read(min(_BLOCK, end - start))
                if not block:
                    return -1
                check = crc32(block, check)
                start += len(block)
    except OSError:
        return -1
    return check


def _go_on(store: str, session: str, index: SessionIndex, warn: Warn | None) -> None:
    """Take in the events after what was read."""
    fold = Fold(index.summary)
    add = fold.add
    offsets = index.offsets
    count = index.summary.events
    end = index.read_to
    for offset, line in lines(store, session, index.read_to):
        event = lean(line)
        if event is not None:
            if count % STEP == 0:
                offsets.append(offset)
            count += 1
            add(event)
        elif not line.isspace():
            if warn is not None:
                warn(skipped(session, index.lines + 1, line))
            if not line.endswith(b"\n"):
                break  # read again when the rest is there
            index.skipped += 1
        index.lines += 1
        end = offset + len(line)
    if index.stamp.size >= LARGE_BYTES:
        index.check = _check(f"{store}/{session}/{EVENTS}", index.check, end, index.read_to)
    index.read_to = end
    index.summary = fold.done()


def store_index(store: str, *, warn: Warn | None = None, progress: Progress | None = None) -> list[SessionSummary]:
    """Return the summary of every session of a store, the one written last first. Raises TraceError when the store
    cannot be read.
    """
    found = stamped(store)
    path = f"{store}/{STORE_CACHE}"
    key = store_key(store) if found else b""
    known = _rows(path, key) if found else {}
    rows: list[_Row] = []
    fresh = 0
    try:
        for number, (name, stamp) in enumerate(found):
            meta_stamp = stamp_of(f"{store}/{name}/{META}")
            row = known.get(name)
            if row is None or row.events != stamp or row.meta != meta_stamp:
                row = _row(store, name, meta_stamp, warn)
                fresh += 1
                if progress is not None:
                    progress(number, len(found))
            if row is not None:
                rows.append(row)
    finally:
        if fresh or len(known) > len(found):
            kept = {row.told.session for row in rows}
            later = [known[name] for name, _ in found if name not in kept and name in known]
            write_cache(path, key, encoded(_Rows(rows + later)))
    return [row.told for row in rows]


def _rows(path: str, key: bytes) -> dict[str, _Row]:
    data = read_cache(path, key)
    kept = decoded(data, _Rows) if data is not None else None
    return {row.told.session: row for row in kept.rows} if kept is not None and kept.version == VERSION else {}


def _row(store: str, name: str, meta_stamp: Stamp | None, warn: Warn | None) -> _Row | None:
    try:
        index = session_index(store, name, warn)
    except TraceError as error:
        if warn is not None:
            warn(str(error))
        return None
    return _Row(index.stamp, meta_stamp, told(name, index, meta(store, name)))


def told(name: str, index: SessionIndex, noted: JsonObject) -> SessionSummary:
    """Return a session in a few numbers and words, from its index and what was noted when it started."""
    summary = index.summary
    found = noted.get("attribution")
    attribution: JsonObject = found if isinstance(found, dict) else {}
    return SessionSummary(
        name,
        agent=_text(noted.get("agent_name")) or _text(attribution.get("agent_provider")),
        provider=_text(attribution.get("agent_provider")),
        user=_text(attribution.get("os_user")),
        repository=_text(attribution.get("git_repo")),
        branch=_text(attribution.get("git_branch")),
        command=_text(noted.get("command")),
        parent_session=_text(noted.get("parent_session_id")),
        parent_event=_text(noted.get("parent_event_id")),
        first=summary.first,
        last=summary.last,
        seconds=summary.seconds,
        ended=summary.ended,
        events=summary.events,
        calls=summary.calls,
        errors=summary.errors,
        prompts=summary.prompts,
        llm_requests=summary.llm_requests,
        files_read=len(summary.read),
        files_written=len(summary.written),
        skipped=index.skipped,
        cost_usd=summary.cost_usd,
        title=summary.title,
        tools=summary.tools,
        verdicts=summary.verdicts,
        rules={rule: sum(counts.values()) for rule, counts in summary.rules.items()},
        usage=summary.usage,
        outcomes=summary.outcomes,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def offset_before(index: SessionIndex, number: int) -> tuple[int, int]:
    """Return (event number, byte offset) of the nearest kept place at or before an event."""
    if not index.offsets:
        return 1, 0
    at = min((max(number, 1) - 1) // STEP, len(index.offsets) - 1)
    return at * STEP + 1, index.offsets[at]


def forget(store: str) -> None:
    """Remove every cache of a store, for whoever wants it gone."""
    for path in (f"{store}/{STORE_CACHE}", *(f"{store}/{name}/{SESSION_CACHE}" for name, _ in stamped(store))):
        if os.path.lexists(path):
            os.unlink(path)


def descendants_of(rows: list[SessionSummary], session: str) -> Iterator[tuple[SessionSummary, int]]:
    """Yield (session, depth) of a session and all that it started, parents first, each once."""
    below: dict[str, list[SessionSummary]] = {}
    named = {row.session: row for row in rows}
    for row in rows:
        below.setdefault(row.parent_session, []).append(row)
    todo = [(named[session], 0)] if session in named else []
    seen = set()
    while todo:
        row, depth = todo.pop()
        if row.session in seen:
            continue
        seen.add(row.session)
        yield row, depth
        todo += [(child, depth + 1) for child in sorted(below.get(row.session, ()), key=lambda item: -item.first)]
