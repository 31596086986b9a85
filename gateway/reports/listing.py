"""`list`: the sessions of a store, the latest first."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from gateway.analysis.summary import Summary, summarized
from gateway.analysis.words import length, one_line
from gateway.model.errors import NothingError
from gateway.reports.arguments import AsJson, print_json, store_of, warned
from gateway.traces.reader import lean_events, meta, sessions


def command(
    context: typer.Context,
    last: Annotated[int | None, typer.Option("--last", metavar="N", help="Only the last N sessions.", min=1)] = None,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Only sessions that ended on this day or later.")] = "",
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="Only sessions of this agent.")] = "",
    verdict: Annotated[str, typer.Option("--verdict", metavar="EFFECT", help="Only sessions with such a verdict: allow, ask or deny.")] = "",
    as_json: AsJson = False,
) -> None:
    """List all sessions."""
    store = store_of(context)
    after = day(since)
    rows = []
    for name in sessions(store):
        row = _row(store, name)
        if after and row["last"] < after:
            break
        if (agent and agent not in str(row["agent"])) or (verdict and not row["verdicts"].get(verdict)):
            continue
        rows.append(row)
        if last and len(rows) >= last:
            break
    if not rows:
        raise NothingError(f"no session in `{store}` fits", "record one with `agent-strace setup --write`")
    if as_json:
        print_json({"sessions": rows})
        return
    for row in rows:
        sys.stdout.write(_line(row) + "\n")


def day(text: str) -> float:
    """Return the moment that a date names, 0 for "". Raises BadParameter."""
    if not text:
        return 0.0
    try:
        return datetime.fromisoformat(text).astimezone().timestamp()
    except ValueError:
        raise typer.BadParameter(f"expected a date like 2026-01-31, found `{text}`", param_hint="--since") from None


def _row(store: str, name: str) -> dict[str, Any]:
    summary: Summary = summarized(lean_events(store, name, warned))
    noted = meta(store, name)
    attribution = noted.get("attribution")
    provider = attribution.get("agent_provider") if isinstance(attribution, dict) else ""
    return {
        "session": name,
        "agent": noted.get("agent_name") or provider or "",
        "first": summary.first,
        "last": summary.last,
        "seconds": round(summary.seconds, 3),
        "events": summary.events,
        "tool_calls": summary.calls,
        "errors": summary.errors,
        "verdicts": dict(summary.verdicts),
        "ended": summary.ended,
    }


def _line(row: dict[str, Any]) -> str:
    when = datetime.fromtimestamp(row["first"]).strftime("%Y-%m-%d %H:%M") if row["first"] else "-"
    verdicts = row["verdicts"]
    refused = ", ".join(f"{verdicts[effect]} {word}" for effect, word in (("deny", "blocked"), ("ask", "asked")) if verdicts.get(effect))
    return (
        f"{row['session'][:36]:36}  {when:16}  {length(row['seconds']):>8}  {row['events']:>6} events  {row['tool_calls']:>5} calls"
        f"  {row['errors']:>3} errors  {one_line(str(row['agent']), 20):14} {refused}"
    ).rstrip()
