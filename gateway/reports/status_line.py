"""One line about the running session for Claude Code's `statusLine` setting: model, context, cost and
what the policy said of its calls.

The client hands over JSON on stdin and shows the first line of stdout (code.claude.com/docs/en/statusline). It runs
with every message, so that no command line is parsed for it and the index is only gone on with.
"""

from __future__ import annotations

import os
import sys

from gateway.analysis.event_text import one_line
from gateway.analysis.index import session_index
from gateway.host.locations import own_store
from gateway.model.errors import GatewayError
from gateway.traces.decode import json_object, number_in
from gateway.traces.ids import folder_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

MOST_BYTES = 1 << 20
_BETWEEN = " · "
_MOST = 1e9
MOST_PERCENT = 999
"""A larger share of the context window is none."""


def main(store: str = "") -> None:
    """Read the client's JSON, print the line."""
    given = json_object(sys.stdin.buffer.read(MOST_BYTES))
    sys.stdout.write(line_of(given, store) + "\n")


def line_of(given: JsonObject, store: str = "") -> str:
    """Return the line: what is not known is left out, and a session that is not recorded says so."""
    parts = [
        one_line(_text(_part(given, "model"), "display_name") or _text(_part(given, "model"), "id"), 40),
        _context(_part(given, "context_window")),
        _cost(_part(given, "cost")),
        _verdicts(given, store),
    ]
    return _BETWEEN.join(filter(None, parts))


def _context(window: JsonObject) -> str:
    used = number_in(window.get("used_percentage"), _MOST)
    size = number_in(window.get("context_window_size"), _MOST)
    if used is None or used > MOST_PERCENT:
        return ""
    return f"context {used:.0f}%" + (f" of {size / 1000:,.0f}k" if size else "")


def _cost(cost: JsonObject) -> str:
    dollars = number_in(cost.get("total_cost_usd"), _MOST)
    return "" if dollars is None else f"${dollars:,.2f}"


def _verdicts(given: JsonObject, store: str) -> str:
    """Return what policy said of the calls so far."""
    session = _text(given, "session_id")
    if not session:
        return "no session"
    workspace = _part(given, "workspace")
    folder = _text(workspace, "project_dir") or _text(workspace, "current_dir") or _text(given, "cwd") or os.getcwd()
    try:
        summary = session_index(store or own_store(folder), folder_name(session)).summary
    except (GatewayError, ValueError, OSError):  # a NUL or half a character in a folder's name is one that is not there
        return "not recorded"
    counts = [
        f"{summary.verdicts[effect]} {word}"
        for effect, word in (("deny", "blocked"), ("ask", "asked"))
        if summary.verdicts.get(effect)
    ]
    calls = f"{summary.calls} call{'s' * (summary.calls != 1)}"
    return ", ".join([calls, *counts])


def _part(given: JsonObject, key: str) -> JsonObject:
    value = given.get(key)
    return value if isinstance(value, dict) else {}


def _text(given: JsonObject, key: str) -> str:
    value = given.get(key)
    return value if isinstance(value, str) else ""
