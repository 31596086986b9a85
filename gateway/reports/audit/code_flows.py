"""What led to a finding, for forms that can show it: the causal chain of its event, as `why` finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gateway.analysis.audit import Found
from gateway.analysis.causes import causes
from gateway.analysis.event_text import one_line
from gateway.reports.why import told
from gateway.traces.event_lookup import Backlog

MAX_FLOWS = 500
"""Most findings whose chain is looked for."""
MAX_STEPS = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a chain, root first, the finding's own last."""

    number: int
    text: str


class Flows:
    """Finds chains; keeps the session that was asked for last open."""

    def __init__(self, store: str) -> None:
        self._store = store
        self._session = ""
        self._backlog: Backlog | None = None
        self._found = 0

    def of(self, session: str, found: Found) -> list[Step]:
        """Return the chain that led to a finding, [] where there is none or enough were found."""
        if self._found >= MAX_FLOWS:
            return []
        self._found += 1
        if self._backlog is None or session != self._session:
            self.close()
            self._backlog, self._session = Backlog(self._store, session), session
        links = causes(self._backlog, found.number)[-MAX_STEPS:]
        if not links:
            return []
        steps = [
            Step(link.cause, one_line(f"{told(self._backlog.event(link.cause))} ({link.why})", 300)) for link in links
        ]
        return [*steps, Step(found.number, one_line(found.told, 300))]

    def close(self) -> None:
        """Close the session that is open."""
        if self._backlog is not None:
            self._backlog.__exit__()
            self._backlog = None


@contextmanager
def flows(store: str) -> Iterator[Flows]:
    """Open the chains of a store's findings."""
    flows = Flows(store)
    try:
        yield flows
    finally:
        flows.close()
