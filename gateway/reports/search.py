"""`search`: the calls and texts of all sessions that fit a filter, the latest session first."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from gateway.analysis.call_outcomes import WORDS
from gateway.analysis.event_filter import Filter, Hit, hits, session_fits
from gateway.analysis.event_text import call_line, one_line, text_of, tool_of, verdict_of
from gateway.analysis.index import SessionSummary, session_index, store_index, told
from gateway.model.errors import NothingError, TraceError
from gateway.model.event import TOOL_CALL, Event
from gateway.reports.arguments import AsJson, folder_of, print_json, store_of, told_progress, warned
from gateway.reports.colors import BOLD, DIM, RED, YELLOW, Paint, painter
from gateway.reports.list import FilterWords, Since, Until, day, filter_of, moment
from gateway.reports.table import columns, fitted, short_names
from gateway.traces.reader import EVENTS, meta, numbered, sessions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 200
"""Most hits that are told unless --limit says otherwise."""
_BLOCK = 1 << 20


def command(
    context: typer.Context,
    words: FilterWords = None,
    since: Since = "",
    until: Until = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="At most N hits.", min=1)] = SHOWN,
    as_json: AsJson = False,
) -> None:
    """Find calls, results and messages in all sessions."""
    store = store_of(context)
    wanted = filter_of(words)
    if not words:
        raise typer.BadParameter("nothing to look for", param_hint="FILTER")
    wanted.after = max(wanted.after, day(since))
    end = day(until, "--until")
    wanted.before = min(wanted.before or end, end) if end else wanted.before
    found, more = _found(store, wanted, limit)
    if not found:
        raise NothingError(f"nothing in `{store}` fits", "`agent-strace list` shows its sessions")
    if as_json:
        print_json(
            {"hits": [_data(session, hit) for session, _, session_hits in found for hit in session_hits], "more": more}
        )
        return
    sys.stdout.write("\n".join(_lines(store, found, painter(context))) + "\n")
    if more:
        sys.stderr.write(f"agent-strace: more than {limit} fit; the rest is not shown, --limit N shows more\n")


Found = list[tuple[str, SessionSummary, list[Hit]]]


def _found(store: str, wanted: Filter, limit: int) -> tuple[Found, bool]:
    """Return (the hits of each session, whether there are more than the limit)."""
    found: Found = []
    count = 0
    for name, row in _candidates(store, wanted):
        own: list[Hit] = []
        for hit in _hits_in(store, name, wanted):
            if count == limit:
                if own:
                    found.append((name, row or _summary(store, name), own))
                return found, True
            count += 1
            own.append(hit)
        if own:
            found.append((name, row or _summary(store, name), sorted(own, key=lambda hit: hit.number)))
    return found, False


def _candidates(store: str, wanted: Filter) -> Iterator[tuple[str, SessionSummary | None]]:
    """Yield the sessions that may hold something that fits; the index is read only where it can tell."""
    if wanted.sessions or wanted.events or wanted.after or wanted.before:
        rows = store_index(store, warn=warned, progress=told_progress)
        names: list[tuple[str, SessionSummary | None]] = [
            (row.session, row) for row in rows if session_fits(wanted, row)
        ]
    else:
        names = [(name, None) for name in sessions(store)]
    needles = wanted.needles
    for name, row in names:
        if not needles or _has(f"{store}/{name}/{EVENTS}", needles):
            yield name, row


def _has(path: str, needles: list[bytes]) -> bool:
    """Whether a file holds all of some texts, whatever their case."""
    kept, missing = b"", set(needles)
    longest = max(map(len, needles))
    try:
        with open(path, "rb", buffering=0) as file:
            while block := file.read(_BLOCK):
                text = kept + block.lower()
                missing = {needle for needle in missing if needle not in text}
                if not missing:
                    return True
                kept = text[-longest:]
    except OSError:
        return True  # reading it says what is wrong
    return False


def _hits_in(store: str, name: str, wanted: Filter) -> Iterator[Hit]:
    try:
        yield from hits(wanted, numbered(store, name), folder_of(store, name))
    except TraceError as error:
        warned(str(error))


def _summary(store: str, name: str) -> SessionSummary:
    return told(name, session_index(store, name), meta(store, name))


def _data(session: str, hit: Hit) -> JsonObject:
    event = hit.event
    return {
        "session": session,
        "number": hit.number,
        "id": event.id,
        "type": event.type,
        "timestamp": event.timestamp,
        "tool": tool_of(event),
        "about": _about(event),
        "verdict": verdict_of(event),
        "failed": hit.failed,
        "outcome": hit.outcome or None,
        "answer": hit.answer_number or None,
    }


def _about(event: Event) -> str:
    return call_line(event) if event.type == TOOL_CALL else one_line(text_of(event), 200)


def _lines(store: str, found: Found, paint: Paint) -> Iterator[str]:
    room = columns()
    short = short_names(sessions(store))
    for at, (name, row, own) in enumerate(found):
        if at:
            yield ""
        head = f"{short.get(name, name)}  {moment(row.first)}  "
        yield paint(fitted(head + one_line(row.title, 200), room).rstrip(), BOLD)
        for hit in own:
            yield _line(hit, room, paint)


def _line(hit: Hit, room: int, paint: Paint) -> str:
    word = WORDS.get(hit.outcome, "failed" if hit.failed and not hit.outcome else "")
    asked = not word and verdict_of(hit.event) == "ask"
    mark, color = (" asked", YELLOW) if asked else (f" {word}" if word else "", RED)
    kind = "" if hit.event.type == TOOL_CALL else f"{one_line(hit.event.type, 20)}: "
    number = f"#{hit.number}"
    start = f"{number:>7}  {_time(hit.event.timestamp)}  "
    about = fitted(f"{kind}{_about(hit.event)}", room - len(start) - len(mark))
    return f"{paint(start, DIM)}{about}{paint(mark, color)}"


def _time(timestamp: float) -> str:
    try:
        return datetime.fromtimestamp(timestamp).strftime("%H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return "-       "
