"""Sessions and the subagents they started, as their meta data links them."""

from __future__ import annotations

from gateway.analysis.index import SessionSummary, descendants_of, store_index
from gateway.traces.reader import meta, sessions


class Family:
    """Who started whom in a store."""

    def __init__(self, rows: list[SessionSummary]) -> None:
        self.rows = rows
        self._below: dict[str, list[SessionSummary]] = {}
        for row in sorted(rows, key=lambda row: row.first):
            if row.parent_session and row.parent_session != row.session:
                self._below.setdefault(row.parent_session, []).append(row)

    def of_event(self, session: str, event: str) -> list[str]:
        """Return the sessions that one call of a session started, oldest first."""
        return [row.session for row in self._below.get(session, ()) if event and row.parent_event == event]

    def of_session(self, session: str) -> list[str]:
        """Return all sessions that a session started, oldest first."""
        return [row.session for row in self._below.get(session, ())]

    def tree(self, session: str) -> list[tuple[SessionSummary, int]]:
        """Return (session, depth) of a session and all that it started, parents first, each once."""
        return list(descendants_of(self.rows, session))


def family(store: str) -> Family:
    """Return who started whom in a store. Raises TraceError when it cannot be read."""
    return Family(store_index(store))


def descendants(store: str, session: str) -> list[str]:
    """Return a session and all that it started, each once."""
    return [row.session for row, _ in family(store).tree(session)] or [session]


def started_below(store: str, session: str) -> list[str]:
    """Return all sessions that a session started, and those they started, by their meta data alone: no event is
    read.
    """
    parents = {name: meta(store, name).get("parent_session_id") for name in sessions(store) if name != session}
    found = [session]
    for name in found:
        found += [child for child, parent in parents.items() if parent == name and child not in found]
    return found[1:]
