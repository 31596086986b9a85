"""`list`: the sessions of a store, the latest first."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from gateway.analysis.event_text import length, one_line
from gateway.analysis.index import SessionSummary, store_index
from gateway.model.errors import NothingError
from gateway.reports.arguments import AsJson, print_json, store_of, told_progress, warned
from gateway.reports.colors import BOLD, DIM, RED, YELLOW, Paint, painter
from gateway.traces.annotations import annotated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_ID = 36
"""Most characters of a session's name that are shown; any unique prefix names it."""


def command(
    context: typer.Context,
    last: Annotated[int | None, typer.Option("--last", metavar="N", help="Only the last N sessions.", min=1)] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="Only sessions that ended on this day or later.")
    ] = "",
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
    rows = store_index(store, warn=warned, progress=told_progress)
    if label:
        rows = [row for row in rows if any(item.label == label for item in annotated(store, row.session))]
    rows = chosen(rows, since=since, agent=agent, verdict=verdict, last=last)
    if not rows:
        raise NothingError(f"no session in `{store}` fits", "record one with `agent-strace setup --write`")
    if as_json:
        print_json({"sessions": [data_of(row) for row in rows]})
    else:
        sys.stdout.write(_table(rows, painter(context)))


def chosen(
    rows: list[SessionSummary], *, since: str = "", agent: str = "", verdict: str = "", last: int | None = None
) -> list[SessionSummary]:
    """Return the sessions that fit, in the order they came. Raises BadParameter for a date or verdict that is none."""
    after = day(since)
    if verdict not in ("", "allow", "ask", "deny"):
        raise typer.BadParameter(f"expected allow, ask or deny, found `{verdict}`", param_hint="--verdict")
    fits = [
        row
        for row in rows
        if (not after or row.last >= after)
        and (not agent or agent in row.agent)
        and (not verdict or row.verdicts.get(verdict))
    ]
    return fits[:last] if last else fits


def day(text: str) -> float:
    """Return the moment that a date names, 0 for "". Raises BadParameter."""
    if not text:
        return 0.0
    try:
        return datetime.fromisoformat(text).astimezone().timestamp()
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"expected a date like 2026-01-31, found `{text}`", param_hint="--since") from None


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


def _table(rows: list[SessionSummary], paint: Paint) -> str:
    width = max(7, *(min(len(row.session), _ID) for row in rows))
    head = (
        f"{'Session':{width}}  {'Started':16}  {'Duration':>8}"
        f"  {'Events':>7}  {'Calls':>6}  {'Errors':>6}  {'Agent':14}  Refused"
    )
    lines = [paint(head, BOLD)]
    for row in rows:
        refused = ", ".join(
            paint(f"{row.verdicts[effect]} {word}", color)
            for effect, word, color in (("deny", "blocked", RED), ("ask", "asked", YELLOW))
            if row.verdicts.get(effect)
        )
        errors = f"{row.errors:>6}"
        lines.append(
            f"{row.session[:_ID]:{width}}  {paint(moment(row.first), DIM):16}  {length(row.seconds):>8}  {row.events:>7}  {row.calls:>6}"
            f"  {paint(errors, RED) if row.errors else errors}  {one_line(row.agent, 14):14}  {refused}".rstrip()
        )
    return "\n".join(lines) + "\n"
