"""The shapes of what `import`, `approvals`, `watch` and `export --endpoint` print with `--json`. Pure data."""

from __future__ import annotations

from typing import Any, TypedDict


class DiscoveredSession(TypedDict):
    """A session file of an agent on this machine; `modified` is seconds since the epoch."""

    agent: str
    session: str
    path: str
    cwd: str
    bytes: int
    modified: float


class DiscoverDocument(TypedDict):
    """`import --discover --json`."""

    sessions: list[DiscoveredSession]


class CaughtCall(TypedDict):
    """An imported call that today's policy would have stopped."""

    effect: str
    tool: str
    reason: str


class ImportedSession(TypedDict):
    """One imported session; `would_have` counts what today's policy says of its calls."""

    session: str
    agent: str
    source: str
    parent_session: str | None
    status: str
    events_added: int
    would_have: dict[str, int]
    caught: list[CaughtCall]


class ImportDocument(TypedDict):
    """`import FILE --json`."""

    sessions: list[ImportedSession]


class WaitingCall(TypedDict):
    """A call that waits for a person's answer; times are seconds since the epoch."""

    name: str
    tool: str
    arguments: Any
    cwd: str
    session: str
    store: str
    asked: float
    expires: float
    reasons: list[Any]


class ApprovalsDocument(TypedDict):
    """`approvals --json`."""

    waiting: list[WaitingCall]


class WatchAlert(TypedDict):
    """One line of `watch --json`: a limit that was reached."""

    session: str
    event: int
    at: float
    rule: str
    text: str
    source: str


class SentDocument(TypedDict):
    """`export --endpoint URL --json`: what a collector took."""

    endpoint: str
    protocol: str
    spans: int
    requests: int
    retries: int
    rejected: int
    problems: list[str]
