"""The hierarchy of a session and its subagents: ids, durations, tool counts, and what they come to together."""

from __future__ import annotations

import sys

from gateway.analysis.event_text import length, one_line
from gateway.analysis.index import SessionSummary
from gateway.analysis.subagents import family
from gateway.reports.arguments import print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


def print_tree(store: str, session: str, *, as_json: bool) -> None:
    """Print the tree below a session."""
    tree = family(store).tree(session)
    if as_json:
        print_json({"sessions": [_data(row, depth) for row, depth in tree], "total": _total(tree)})
        return
    for row, depth in tree:
        agent = f" agent={one_line(row.agent, 40)}" if row.agent else ""
        refused = row.verdicts.get("deny", 0)
        text = f"{length(row.seconds)}, {row.calls} calls, {row.errors} errors" + (
            f", {refused} blocked" if refused else ""
        )
        sys.stdout.write(f"{'│  ' * depth}▶ {row.session[:16]}{agent} {text} depth={depth}\n")
    if len(tree) > 1:
        total = _total(tree)
        sys.stdout.write(
            f"{total['sessions']} sessions: {total['tool_calls']} calls, {total['errors']} errors, {total['tokens']:,} tokens\n"
        )


def _data(row: SessionSummary, depth: int) -> JsonObject:
    return {
        "session": row.session,
        "depth": depth,
        "parent": row.parent_session,
        "parent_event": row.parent_event,
        "agent": row.agent,
        "seconds": round(row.seconds, 3),
        "events": row.events,
        "tool_calls": row.calls,
        "errors": row.errors,
        "tokens": row.tokens,
        "verdicts": row.verdicts,
    }


def _total(summaries: list[tuple[SessionSummary, int]]) -> dict[str, int]:
    return {
        "sessions": len(summaries),
        "tool_calls": sum(row.calls for row, _ in summaries),
        "errors": sum(row.errors for row, _ in summaries),
        "tokens": sum(row.tokens for row, _ in summaries),
    }
