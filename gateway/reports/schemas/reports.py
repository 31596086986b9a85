"""The shapes of what reports print with `--json`: the contract behind `schemas/reports.schema.json`. Pure data."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from gateway.reports.schemas.capture import (
    ApprovalsDocument,
    DiscoverDocument,
    ImportDocument,
    SentDocument,
    WatchAlert,
)
from gateway.reports.schemas.diff import DiffDocument, EvaluationDocument, SemanticDocument
from gateway.reports.schemas.findings import AuditDocument, RedactDocument, SearchDocument, VerifyDocument
from gateway.reports.schemas.policy_commands import (
    PolicyBacktestDocument,
    PolicyCheckDocument,
    PolicyDiffDocument,
    PolicyEvalDocument,
    PolicyExplainDocument,
    PolicyGenerateDocument,
    PolicyTestDocument,
)
from gateway.reports.schemas.share import Counts, ShareDocument
from gateway.reports.schemas.spending import CostDocument, SpendingDocument, TokenBudgetDocument


class ListRow(TypedDict):
    """One session; times are seconds since the epoch."""

    session: str
    agent: str
    title: str
    user: str
    branch: str
    parent: str
    first: float
    last: float
    seconds: float
    events: int
    tool_calls: int
    llm_requests: int
    errors: int
    tokens: int
    files_read: int
    files_written: int
    verdicts: Counts
    ended: bool
    cost_usd: NotRequired[float]


class ListDocument(TypedDict):
    """`list --json`."""

    sessions: list[ListRow]


class Rule(TypedDict):
    """A rule that refused or asked, or would have, where it stands, and how often it did which."""

    rule: str
    source: str
    deny: NotRequired[int]
    ask: NotRequired[int]
    would_deny: NotRequired[int]
    would_ask: NotRequired[int]


class Integrity(TypedDict):
    """Whether the chain of the record holds."""

    intact: bool
    problem: str
    unchecked: str


class NotDone(TypedDict):
    """A call that did not happen; `outcome` is refused or rejected."""

    event: int
    outcome: str
    tool: str
    subject: str


class ShowDocument(TypedDict):
    """`show --json`."""

    session: str
    title: str
    attribution: dict[str, Any]
    command: str
    agent: str
    parent_session: str
    parent_event: str
    first: float
    last: float
    seconds: float
    ended: bool
    events: int
    types: Counts
    tool_calls: int
    errors: int
    tokens: int
    verdicts: Counts
    outcomes: Counts
    not_done: list[NotDone]
    rules: list[Rule]
    files_read: list[str]
    files_written: list[str]
    policy_revisions: list[str]
    skipped_lines: int
    clock_steps: int
    integrity: Integrity


class ToolTimes(TypedDict):
    """One tool; times in milliseconds."""

    tool: str
    calls: int
    errors: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    total_ms: float


class Failure(TypedDict):
    """One error of a session."""

    event: int
    tool: str
    error: str


class StatsDocument(TypedDict):
    """`stats --json`."""

    session: str
    sessions: int
    seconds: float
    events: int
    types: Counts
    tool_calls: int
    llm_requests: int
    errors: int
    tokens: int
    usage: dict[str, Counts]
    verdicts: Counts
    outcomes: Counts
    rules: list[Rule]
    tools: list[ToolTimes]
    failures: list[Failure]


class Deed(TypedDict):
    """One call of a phase; `outcome` is what became of it: done, failed, refused, rejected or unknown."""

    event: int
    tool: str
    subject: str
    outcome: str
    failed: bool
    retry: bool
    seconds: float


class Phase(TypedDict):
    """One phase; times are seconds since the session began. At most its first thousand calls are told."""

    number: int
    label: str
    failed: bool
    start: float
    end: float
    first_event: int
    events: int
    calls: int
    errors: int
    retries: int
    wasted_seconds: float
    deeds: list[Deed]


class ExplainDocument(TypedDict):
    """`explain --json`."""

    session: str
    seconds: float
    events: int
    retries: int
    wasted_seconds: float
    blocked: int
    files_read: list[str]
    files_written: list[str]
    phases: list[Phase]


class Step(TypedDict):
    """One link of a causal chain; `kind` is parent, retry, value, file or prompt."""

    cause: int
    cause_id: str
    cause_told: str
    effect: int
    effect_id: str
    effect_told: str
    kind: str
    why: str
    value: str
    verdict: str


class WhyDocument(TypedDict):
    """`why --json`; the chain from the root cause on."""

    session: str
    event: int
    told: str
    chain: list[Step]
    parent_session: str
    parent_event: str
    verdict: str
    reasons: list[str]
    decision: dict[str, Any] | None


class ReplayLine(TypedDict):
    """One line of `replay --json`; `at` is seconds since its session began."""

    session: str
    depth: int
    number: int
    id: str
    type: str
    at: float
    timestamp: float
    duration_ms: float | None
    tool: str
    about: str
    verdict: str
    reasons: list[str]
    policy: NotRequired[str]


class TreeRow(TypedDict):
    """One session of a tree of subagents."""

    session: str
    depth: int
    parent: str
    parent_event: str
    agent: str
    seconds: float
    events: int
    tool_calls: int
    errors: int
    tokens: int
    verdicts: Counts


class TreeDocument(TypedDict):
    """`replay --tree --json`."""

    sessions: list[TreeRow]
    total: Counts


class InspectDocument(TypedDict):
    """`inspect`: what was noted of the session, and its events as they stand in the record."""

    session: dict[str, Any]
    events: list[dict[str, Any]]


class Note(TypedDict):
    """One annotation; `event` is null when its event is not there any more."""

    annotation_id: str
    event: int | None
    event_id: str
    offset_seconds: float
    label: str
    note: str
    bookmark: bool
    author: str
    created_at: float


class AnnotationsDocument(TypedDict):
    """`annotate --list --json`."""

    session: str
    annotations: list[Note]


class ToolMeans(TypedDict):
    """One tool over many sessions; null where no call was timed."""

    tool: str
    calls: int
    errors: int
    mean_ms: float | None
    max_ms: float | None


class TrendPoint(TypedDict):
    """A day, or a session, of a trend."""

    label: str
    when: float
    sessions: int
    tool_calls: int
    errors: int
    denied: int
    asked: int
    tokens: int
    cost_usd: float
    seconds: float


class Trend(TypedDict):
    """A trend, by day or by session, the oldest first."""

    by: str
    points: list[TrendPoint]


class DashboardDocument(TypedDict):
    """`dashboard --json`."""

    sessions: int
    first: float
    last: float
    without_errors: int
    events: int
    prompts: int
    tool_calls: int
    errors: int
    tokens: int
    cost_usd: float
    unpriced_models: list[str]
    sessions_without_usage: int
    seconds: float
    verdicts: Counts
    rules: Counts
    agents: Counts
    models: Counts
    tools: list[ToolMeans]
    trend: Trend
    list: list[ListRow]


DOCUMENTS: dict[str, Any] = {
    "list": ListDocument,
    "search": SearchDocument,
    "show": ShowDocument,
    "stats": StatsDocument,
    "explain": ExplainDocument,
    "why": WhyDocument,
    "replay": ReplayLine,
    "replay --tree": TreeDocument,
    "inspect": InspectDocument,
    "annotate --list": AnnotationsDocument,
    "diff": DiffDocument,
    "diff --semantic": SemanticDocument,
    "diff --eval-config": EvaluationDocument,
    "dashboard": DashboardDocument,
    "share": ShareDocument,
    "audit": AuditDocument,
    "verify": VerifyDocument,
    "redact": RedactDocument,
    "cost": CostDocument,
    "cost --by": SpendingDocument,
    "token-budget": TokenBudgetDocument,
    "import": ImportDocument,
    "import --discover": DiscoverDocument,
    "approvals": ApprovalsDocument,
    "watch": WatchAlert,
    "export --endpoint": SentDocument,
    "policy generate": PolicyGenerateDocument,
    "policy check": PolicyCheckDocument,
    "policy test": PolicyTestDocument,
    "policy backtest": PolicyBacktestDocument,
    "policy diff": PolicyDiffDocument,
    "policy eval": PolicyEvalDocument,
    "policy explain": PolicyExplainDocument,
}
"""Command -> the shape of its document, or of one line where it prints a stream."""
