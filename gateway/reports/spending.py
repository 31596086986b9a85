"""`cost --by`: what all sessions of a store cost, by day, week, model, project, agent or user."""

from __future__ import annotations

import csv
import io
import os
import sys

import typer

from gateway.analysis.event_text import one_line
from gateway.analysis.index import store_index
from gateway.analysis.prices.lookup import dated
from gateway.analysis.spending import WAYS, Group, Spending, spending
from gateway.model.errors import NothingError
from gateway.reports.arguments import print_json, told_progress, warned
from gateway.reports.list import chosen, filter_of, fitting
from gateway.reports.table import cells, columns, fitted, padded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""First characters that a spreadsheet takes for a formula (owasp.org, CSV Injection)."""


def print_spending(store: str, by: str, *, since: str, until: str, words: list[str], form: str) -> None:
    """Print the account of a store; `form` is "json", "csv" or "". Raises BadParameter, NothingError."""
    if by not in WAYS:
        raise typer.BadParameter(f"expected {', '.join(WAYS)}, found `{by}`", param_hint="--by")
    rows = chosen(store_index(store, warn=warned, progress=told_progress), since=since, until=until)
    rows = fitting(store, rows, filter_of(words))
    if not rows:
        raise NothingError(f"no session in `{store}` fits", "`agent-strace list` shows them")
    account = spending(rows, by)
    if form == "json":
        print_json(_data(account))
    elif form == "csv":
        sys.stdout.write(_csv(account))
    else:
        sys.stdout.write(_text(account, columns()))


def _data(account: Spending) -> JsonObject:
    return {
        "by": account.by,
        "groups": [_group(group) for group in account.groups],
        "total": _group(account.total),
        "prices": dated(),
    }


def _group(group: Group) -> JsonObject:
    return {
        "name": group.name,
        "sessions": group.sessions,
        "sessions_without_usage": group.untold,
        "tool_calls": group.calls,
        **(group.tokens.data() if group.used else dict.fromkeys(group.tokens.data())),
        "cost_usd": round(group.cost, 9) if group.known else None,
        "known_cost_usd": round(group.cost, 9) if group.used else None,
        "unpriced": list(group.unpriced),
    }


def _csv(account: Spending) -> str:
    """Return the groups as CSV; no cell starts a formula, and what is not known is empty."""
    text = io.StringIO()
    data = [_group(group) for group in account.groups]
    writer = csv.writer(text, lineterminator="\n")
    names = [name for name in data[0] if name != "name"]
    writer.writerow([account.by, *names])
    for row in data:
        row["unpriced"] = " ".join(row["unpriced"])
        writer.writerow([_cell(row["name"]), *(_cell(row[name]) for name in names)])
    return text.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    line = one_line(value, 1000)
    return f"'{line}" if line[:1] in _FORMULA else line


def _text(account: Spending, room: int) -> str:
    rows = [(_named(account.by, group.name), *_numbers(group)) for group in account.groups]
    head = (account.by.capitalize(), "Sessions", "Calls", "Input", "Output", "Cost")
    lines = [head, *rows, ("Total", *_numbers(account.total))]
    widths = [max(cells(line[at]) for line in lines) for at in range(len(head))]
    left = max(room - sum(widths[1:]) - 2 * (len(head) - 1), 8)
    name = min(widths[0], left)
    shown = [
        "  ".join([padded(_cut(line[0], name), name), *(f"{line[at]:>{widths[at]}}" for at in range(1, len(head)))])
        for line in lines
    ]
    shown.insert(-1, "─" * cells(shown[0]))
    return "\n".join([*shown, "", *_notes(account)]) + "\n"


def _cut(name: str, width: int) -> str:
    """Return a name that fits; of a path the end says more."""
    if cells(name) <= width or not name.startswith(("/", "~")):
        return fitted(name, width)
    while cells(name) > width - 1:
        name = name[1:]
    return "…" + name


def _named(by: str, name: str) -> str:
    home = os.path.expanduser("~")
    if by == "project" and name.startswith(f"{home}/"):
        name = f"~{name[len(home) :]}"
    return one_line(name, 200) or f"(no {by})"


def _numbers(group: Group) -> tuple[str, ...]:
    tokens = group.tokens
    cost = f"${group.cost:,.4f}" if group.known else f"${group.cost:,.4f} + ?" if group.cost else "?"
    used = (f"{tokens.prompt:,}", f"{tokens.output:,}") if group.used else ("?", "?")
    return (f"{group.sessions:,}", f"{group.calls:,}", *used, cost)


def _notes(account: Spending) -> list[str]:
    total, notes = account.total, []
    if total.unpriced:
        names = ", ".join(f"`{one_line(name, 80) or 'a model without a name'}`" for name in total.unpriced)
        notes.append(f"No price is known for {names}")
    if total.untold:
        notes.append(f"{total.untold:,} of {total.sessions:,} sessions do not tell what they used")
    if account.by == "model":
        notes.append("A session with several models counts once for each")
    return [*notes, f"List prices: {dated()}"]
