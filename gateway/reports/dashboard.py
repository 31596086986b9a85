"""`dashboard`: all sessions at once: totals, trends, top tools, what was refused."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from gateway.analysis.event_text import length, one_line
from gateway.analysis.index import store_index
from gateway.analysis.store_overview import Overview, Point, overview_of, sparkline
from gateway.model.errors import NothingError
from gateway.reports.arguments import AsJson, print_json, store_of, told_progress, warned
from gateway.reports.colors import BLUE, BOLD, DIM, RED, Paint, painter
from gateway.reports.html.dashboard_page import save_dashboard
from gateway.reports.list import FilterWords, Since, Until, chosen, filter_of, fitting, moment
from gateway.reports.list import data_of as row_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 15
"""Most rows of a table."""


def command(
    context: typer.Context,
    words: FilterWords = None,
    last: Annotated[int | None, typer.Option("--last", metavar="N", help="Only the last N sessions.", min=1)] = None,
    since: Since = "",
    until: Until = "",
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="Only sessions of this agent.")] = "",
    html: Annotated[str, typer.Option("--html", metavar="FILE", help="Write a self-contained HTML page instead.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show totals and trends across sessions."""
    store = store_of(context)
    wanted = filter_of(words)
    rows = chosen(store_index(store, warn=warned, progress=told_progress), since=since, until=until, agent=agent)
    rows = fitting(store, rows, wanted, last)
    if not rows:
        raise NothingError(f"no session in `{store}` fits", "record one with `agent-strace setup --write`")
    overview = overview_of(rows)
    if html:
        save_dashboard(html, store, overview)
        sys.stderr.write(f"wrote {html}: {overview.sessions} sessions\n")
    elif as_json:
        print_json(data_of(overview))
    else:
        sys.stdout.write("\n".join(_lines(overview, painter(context))) + "\n")


def data_of(overview: Overview) -> JsonObject:
    """Return an overview as JSON data."""
    return {
        "sessions": overview.sessions,
        "first": overview.first,
        "last": overview.last,
        "without_errors": overview.clean,
        "events": overview.events,
        "prompts": overview.prompts,
        "tool_calls": overview.calls,
        "errors": overview.errors,
        "tokens": overview.tokens,
        "cost_usd": round(overview.cost, 6),
        "unpriced_models": list(overview.unpriced),
        "sessions_without_usage": overview.untold,
        "seconds": round(overview.seconds, 3),
        "verdicts": overview.verdicts,
        "rules": overview.rules,
        "agents": overview.agents,
        "models": overview.models,
        "tools": [{"tool": name, **tool.data()} for name, tool in overview.tools.items()],
        "trend": {"by": "day" if overview.days else "session", "points": [_point(point) for point in overview.points]},
        "list": [row_data(row) | {"cost_usd": round(overview.costs[row.session], 6)} for row in overview.rows],
    }


def _point(point: Point) -> JsonObject:
    return {
        "label": point.label,
        "when": point.when,
        "sessions": point.sessions,
        "tool_calls": point.calls,
        "errors": point.errors,
        "denied": point.denied,
        "asked": point.asked,
        "tokens": point.tokens,
        "cost_usd": round(point.cost, 6),
        "seconds": round(point.seconds, 3),
    }


def _lines(overview: Overview, paint: Paint) -> list[str]:
    span = f"{moment(overview.first)} – {moment(overview.last)}"
    lines = [paint(f"{overview.sessions} sessions", BOLD) + f", {span}", ""]
    lines += _totals(overview)
    lines += ["", paint(_trend_title(overview), BOLD), *_trends(overview, paint)]
    lines += _tools(overview, paint)
    for title, counts in (("Refused by", overview.rules), ("Agents", overview.agents)):
        if counts:
            lines += [
                "",
                paint(title, BOLD),
                *(f"  {count:>6}  {one_line(name, 80)}" for name, count in _first(counts.items())),
            ]
    return lines + _sessions(overview, paint)


def _first(items: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return list(items)[:SHOWN]


def _totals(overview: Overview) -> list[str]:
    verdicts = overview.verdicts
    refused = ", ".join(
        f"{verdicts[effect]} {word}" for effect, word in (("deny", "blocked"), ("ask", "asked")) if verdicts.get(effect)
    )
    return [
        f"  Tool calls:  {overview.calls:,}",
        f"  Errors:      {overview.errors:,} ({overview.clean} of {overview.sessions} sessions without)",
        f"  Verdicts:    {refused or 'nothing refused'}"
        + (f", {verdicts['allow']:,} allowed" if verdicts.get("allow") else ""),
        f"  Tokens:      {overview.tokens:,}",
        f"  Cost:        {_cost(overview)}",
        f"  Time:        {length(overview.seconds)}",
    ]


def _cost(overview: Overview) -> str:
    if overview.untold == overview.sessions:
        return "? (no session tells what it used; `agent-strace cost` estimates one)"
    notes = []
    if overview.unpriced:
        notes.append(
            f"no price for {', '.join(one_line(model, 40) or 'a model without a name' for model in overview.unpriced)}"
        )
    if overview.untold:
        notes.append(f"{overview.untold} sessions do not tell what they used")
    return f"${overview.cost:,.4f}" + (f" ({'; '.join(notes)})" if notes else "")


def _trend_title(overview: Overview) -> str:
    what = "day" if overview.days else "session"
    cut = (
        f", the last {len(overview.points)}"
        if sum(point.sessions for point in overview.points) < overview.sessions
        else ""
    )
    return f"Over time (a {what} a bar, oldest first{cut})"


def _trends(overview: Overview, paint: Paint) -> list[str]:
    points = overview.points
    lines = []
    for name, values, told in (
        ("Tool calls", [point.calls for point in points], lambda top: f"{top:,.0f}"),
        ("Errors", [point.errors for point in points], lambda top: f"{top:,.0f}"),
        ("Refused", [point.denied + point.asked for point in points], lambda top: f"{top:,.0f}"),
        ("Tokens", [point.tokens for point in points], lambda top: f"{top:,.0f}"),
        ("Cost", [point.cost for point in points], lambda top: f"${top:,.4f}"),
        ("Duration", [point.seconds for point in points], length),
    ):
        top = max(values, default=0)
        if top > 0:
            lines.append(
                f"  {name:11} {paint(sparkline([float(value) for value in values]), BLUE)}  most {told(float(top))}"
            )
    return lines or ["  nothing to show"]


def _tools(overview: Overview, paint: Paint) -> list[str]:
    if not overview.tools:
        return []
    lines = [
        "",
        paint("Top tools", BOLD),
        paint(f"  {'Tool':32} {'Calls':>8} {'Errors':>7} {'Mean':>9} {'Max':>9}", DIM),
    ]
    top = max(tool.calls for tool in overview.tools.values())
    for name, tool in _first(overview.tools.items()):
        times = (
            f"{length(tool.total_ms / tool.timed / 1000):>9} {length(tool.max_ms / 1000):>9}"
            if tool.timed
            else f"{'-':>9} {'-':>9}"
        )
        errors = f"{tool.errors:>7}"
        bar = "█" * max(round(tool.calls / top * 20), 1) if top else ""
        lines.append(
            f"  {one_line(name, 32) or '(no name)':32} {tool.calls:>8} {paint(errors, RED) if tool.errors else errors} {times}  {paint(bar, BLUE)}"
        )
    if len(overview.tools) > SHOWN:
        lines.append(f"  … and {len(overview.tools) - SHOWN} more")
    return lines


def _sessions(overview: Overview, paint: Paint) -> list[str]:
    lines = [
        "",
        paint("Last sessions", BOLD),
        paint(
            f"  {'Session':18} {'Started':16} {'Duration':>9} {'Calls':>6} {'Errors':>6} {'Tokens':>10} {'Cost':>10}",
            DIM,
        ),
    ]
    for row in overview.rows[:SHOWN]:
        cost = f"${overview.costs[row.session]:,.4f}" if row.usage or row.cost_usd else "?"
        text = (
            f"  {row.session[:18]:18} {moment(row.first):16} {length(row.seconds):>9}"
            f" {row.calls:>6} {row.errors:>6} {row.tokens:>10,} {cost:>10}"
        )
        denied = row.verdicts.get("deny", 0)
        lines.append(text + (paint(f"  {denied} blocked", RED) if denied else ""))
    if len(overview.rows) > SHOWN:
        lines.append(f"  … and {len(overview.rows) - SHOWN} more; `agent-strace list` has them all")
    return lines
