"""The shapes of what `audit`, `verify` and `redact` print with `--json`. Pure data."""

from __future__ import annotations

from typing import NotRequired, TypedDict

Counts = dict[str, int]


class AuditReason(TypedDict):
    """Why a rule judged a call as it did; `source` is FILE:LINE, or "" for a rule that stands in no file."""

    rule: str
    source: str
    text: str
    hint: str


class AuditedCall(TypedDict):
    """One tool call under the policy; `blocked` says whether it was blocked when it was made, `outcome` what became of
    it (done, failed, refused, rejected, unknown), `key` names it in a baseline.
    """

    event: int
    event_id: str
    call: str
    effect: str
    blocked: bool
    outcome: str
    key: str
    reasons: list[AuditReason]


class ShadowedCall(TypedDict):
    """A call that enforcing everything would have changed: what happened, and what would have."""

    event: int
    call: str
    outcome: str
    was: str
    would: str
    reasons: list[AuditReason]


class SensitiveFile(TypedDict):
    """A file that holds secrets, and the event that touched it."""

    path: str
    event: int


class SparedFile(TypedDict):
    """A file that holds secrets, and the call about it that did not happen, or of which no result is recorded."""

    path: str
    event: int
    outcome: str


class SessionAudit(TypedDict):
    """One session; every call stands in one of the lists from `allowed` to `known`."""

    session: str
    events: int
    tool_calls: int
    has_policy: bool
    policy_revision: str
    allowed: list[AuditedCall]
    no_policy: list[AuditedCall]
    asked: list[AuditedCall]
    violations: list[AuditedCall]
    known: list[AuditedCall]
    would_have_changed: list[ShadowedCall]
    sensitive: list[SensitiveFile]
    sensitive_not_accessed: list[SparedFile]


class AuditDocument(TypedDict):
    """`audit --json`."""

    audits: list[SessionAudit]
    violations: int
    known: int


class DifferingVerdict(TypedDict):
    """A recorded verdict that was not reached again."""

    event: int
    event_id: str
    call: str
    problem: str


class VerifiedSession(TypedDict):
    """One record; `verdicts` and `differing` are there with `--decisions`."""

    session: str
    whole: bool
    problem: str
    events: int
    unchecked: str
    remarks: list[str]
    late: int
    verdicts: NotRequired[Counts]
    differing: NotRequired[list[DifferingVerdict]]


class VerifyDocument(TypedDict):
    """`verify --json`."""

    sessions: list[VerifiedSession]
    ok: bool


class RedactDocument(TypedDict):
    """`redact --json`; `removed` counts by detector, `missed` names what was not looked at."""

    session: str
    changed: int
    removed: Counts
    missed: list[str]
    written: bool


class SearchHit(TypedDict):
    """A call with its answer, or another event; `answer` is the number of the event that answers it."""

    session: str
    number: int
    id: str
    type: str
    timestamp: float
    tool: str
    about: str
    verdict: str
    failed: bool
    outcome: str | None
    answer: int | None


class SearchDocument(TypedDict):
    """`search --json`; `more`: there were more than the limit."""

    hits: list[SearchHit]
    more: bool
