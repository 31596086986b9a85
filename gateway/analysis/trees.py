"""Sessions and the subagents they started, as their meta data links them."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.analysis.summary import summarized
from gateway.analysis.words import length
from gateway.traces.reader import lean_events, meta, sessions

MAX_DEPTH = 32


def children_of(store: str, session: str, event: str = "") -> list[str]:
    """Return the sessions that a session, or one of its calls, started, oldest first."""
    found = []
    for name in reversed(sessions(store)):
        noted = meta(store, name)
        if noted.get("parent_session_id") == session and name != session and (not event or noted.get("parent_event_id") in (event, None)):
            found.append(name)
    return found


def descendants(store: str, session: str) -> list[str]:
    """Return a session and all that it started, each once."""
    found = [session]
    for name in found:
        found += [child for child in children_of(store, name) if child not in found]
    return found


def printed_tree(store: str, session: str, depth: int = 0) -> Iterator[str]:
    """Yield one line for a session and each below it."""
    summary = summarized(lean_events(store, session))
    noted = meta(store, session)
    agent = f" agent={noted['agent_name']}" if noted.get("agent_name") else ""
    yield f"{'│  ' * depth}▶ {session[:16]}{agent} {length(summary.seconds)}, {summary.calls} calls, {summary.errors} errors depth={depth}"
    if depth < MAX_DEPTH:
        for child in children_of(store, session):
            yield from printed_tree(store, child, depth + 1)
