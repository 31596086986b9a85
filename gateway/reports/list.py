"""`list`: the sessions of a store, the latest first."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from typing import Annotated

import typer

from gateway.analysis import natural_dates
from gateway.analysis.event_filter import Filter, hits, parsed_filter, session_fits
from gateway.analysis.event_text import length, one_line
from gateway.analysis.index import SessionSummary, store_index
from gateway.model.errors import GatewayError, NothingError
from gateway.reports.arguments import AsJson, folder_of, print_json, store_of, told_progress, warned
from gateway.reports.colors import BOLD, DIM, RED, YELLOW, Paint, painter
from gateway.reports.table import cells, columns, fitted, padded, short_names
from gateway.traces.annotations import annotated
from gateway.traces.reader import numbered, numbered_lean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

LONG_NAME = 24
"""Characters of a name from which on a narrow table has no room for the duration."""
WIDE = 110
"""Columns from which on a table tells the agent and how many events, too."""

Since = Annotated[
    str, typer.Option("--since", metavar="DATE", help="Only what is as late: 2026-01-31, 2d, yesterday, last week.")
]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Only what is no later; a day counts whole.")]
FilterWords = Annotated[
    list[str] | None,
    typer.Argument(
        help="Words, and terms such as tool:Bash verdict:deny path:src/** error:true since:2d; all must hold.",
        metavar="[FILTER]...",
    ),
]


def command(
    context: typer.Context,
    words: FilterWords = None,
    last: Annotated[int | None, typer.Option("--last", metavar="N", help="Only the last N sessions.", min=1)] = None,
    since: Since = "",
    until: Until = "",
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="Only sessions of this agent.")] = "",
    verdict: Annotated[
        str, typer.Option("--verdict", metavar="EFFECT", help="Only sessions with this verdict: allow, ask or deny.")
    ] = "",
    label: Annotated[
        str, typer.Option("--label", metavar="WORD", help="Only sessions that were annotated with a label.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """List all sessions."""
    store = store_of(context)
    wanted = filter_of(words)
    everything = store_index(store, warn=warned, progress=told_progress)
    rows = chosen(everything, since=since, until=until, agent=agent, verdict=verdict)
    if label:
        rows = [row for row in rows if any(item.label == label for item in annotated(store, row.session))]
    rows = fitting(store, rows, wanted, last)
    if not rows:
        raise NothingError(f"no session in `{store}` fits", "record one with `agent-strace setup --write`")
    if as_json:
        print_json({"sessions": [data_of(row) for row in rows]})
    else:
        sys.stdout.write(_table(rows, short_names([row.session for row in everything]), painter(context)))


def filter_of(words: list[str] | None) -> Filter:
    """Return the filter that the words of a command line are. Raises BadParameter."""
    try:
        return parsed_filter(" ".join(words or ()), time.time())
    except GatewayError as error:
        raise typer.BadParameter(str(error), param_hint="FILTER") from None


def fitting(store: str, rows: list[SessionSummary], wanted: Filter, last: int | None = None) -> list[SessionSummary]:
    """Return the sessions in which something fits a filter, in the order they came; events are read only where the
    index does not tell.
    """
    kept: list[SessionSummary] = []
    for row in rows:
        if session_fits(wanted, row) and (wanted.told_by_rows or _holds(store, row.session, wanted)):
            kept.append(row)
            if last and len(kept) >= last:
                break
    return kept


def _holds(store: str, session: str, wanted: Filter) -> bool:
    events = (numbered if wanted.words else numbered_lean)(store, session)
    return any(hits(wanted, events, folder_of(store, session)))


def chosen(
    rows: list[SessionSummary],
    *,
    since: str = "",
    until: str = "",
    agent: str = "",
    verdict: str = "",
    last: int | None = None,
) -> list[SessionSummary]:
    """Return the sessions that fit, in the order they came. Raises BadParameter for a date or verdict that is none."""
    after, before = day(since), day(until, "--until")
    if verdict not in ("", "allow", "ask", "deny"):
        raise typer.BadParameter(f"expected allow, ask or deny, found `{verdict}`", param_hint="--verdict")
    fits = [
        row
        for row in rows
        if (not after or row.last >= after)
        and (not before or row.first < before)
        and (not agent or agent in row.agent)
        and (not verdict or row.verdicts.get(verdict))
    ]
    return fits[:last] if last else fits


def day(text: str, option: str = "--since") -> float:
    """Return the moment that a date names, for --until when it is over; 0 for "". Raises BadParameter."""
    if not text:
        return 0.0
    try:
        return (natural_dates.until if option == "--until" else natural_dates.since)(text, time.time())
    except ValueError:
        raise typer.BadParameter(f"expected {natural_dates.FORMS}, found `{text}`", param_hint=option) from None


def moment(timestamp: float) -> str:
    """Return a time as people write it, "-" for none or one that no calendar has."""
    try:
        return datetime.fromtimestamp(timestamp).strftime("%Y-%m-%d %H:%M") if timestamp else "-"
    except (ValueError, OverflowError, OSError):
        return "-"


def data_of(row: SessionSummary) -> JsonObject:
    """Return a session as JSON data."""
    return {
        "session": row.session,
        "agent": row.agent,
        "title": row.title,
        "user": row.user,
        "branch": row.branch,
        "parent": row.parent_session,
        "first": row.first,
        "last": row.last,
        "seconds": round(row.seconds, 3),
        "events": row.events,
        "tool_calls": row.calls,
        "llm_requests": row.llm_requests,
        "errors": row.errors,
        "tokens": row.tokens,
        "files_read": row.files_read,
        "files_written": row.files_written,
        "verdicts": row.verdicts,
        "ended": row.ended,
    }


def _table(rows: list[SessionSummary], short: dict[str, str], paint: Paint) -> str:
    """Return the rows as a table that fits the terminal; the title takes what is left of it."""
    room = columns()
    wide = room >= WIDE
    width = max(7, *(len(short[row.session]) for row in rows))
    timed = wide or width <= LONG_NAME
    agents = min(max(5, *(cells(one_line(row.agent, 14)) for row in rows)), 14) if wide else 0
    more = f"  {'Events':>7}  {padded('Agent', agents)}" if wide else ""
    took = f"  {'Duration':>8}" if timed else ""
    head = f"{'Session':{width}}  {'Started':16}{took}  {'Calls':>5}  {'Errors':>6}{more}  "
    left = max(room - len(head), 8)
    lines = [paint(f"{head}Title", BOLD)]
    for row in rows:
        errors = f"{row.errors:>6}"
        told = f"  {row.events:>7}  {padded(one_line(row.agent, 14), agents)}" if wide else ""
        took = f"  {length(row.seconds):>8}" if timed else ""
        lines.append(
            f"{short[row.session]:{width}}  {paint(moment(row.first), DIM):16}{took}  {row.calls:>5}"
            f"  {paint(errors, RED) if row.errors else errors}{told}  {_about(row, left, paint)}".rstrip()
        )
    return "\n".join(lines) + "\n"


def _about(row: SessionSummary, room: int, paint: Paint) -> str:
    """Return what was refused in a session, and its title as far as there is room."""
    refused = [
        (f"{row.verdicts[effect]} {word}", color)
        for effect, word, color in (("deny", "blocked", RED), ("ask", "asked", YELLOW))
        if row.verdicts.get(effect)
    ]
    parts = [paint(text, color) for text, color in refused]
    if len(" · ".join(text for text, _ in refused)) > room:
        return paint(fitted(" · ".join(text for text, _ in refused), room), refused[0][1])
    left = room - sum(len(text) for text, _ in refused) - 3 * len(refused)
    title = fitted(one_line(row.title, 200), left) if left >= 8 else ""
    return " · ".join([*parts, title] if title else parts)
