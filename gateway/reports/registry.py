"""Every report: name, module with `command`, help line. Pure data."""

from __future__ import annotations

REPORTS: tuple[tuple[str, str, str], ...] = (
    ("list", "gateway.reports.list", "List all sessions"),
    ("replay", "gateway.reports.replay.command", "Replay a session (default: latest)"),
    ("show", "gateway.reports.show", "Show who and what a session was"),
    ("audit", "gateway.reports.audit.command", "Check tool calls against a policy"),
    ("stats", "gateway.reports.stats", "Show tool call frequency and timing"),
    ("inspect", "gateway.reports.inspect", "Dump a full session as JSON"),
    ("explain", "gateway.reports.explain", "Explain a session in plain English"),
    ("cost", "gateway.reports.cost", "Break down token usage and cost by phase"),
    ("token-budget", "gateway.reports.token_budget", "Check token usage against a model's context window"),
    ("dashboard", "gateway.reports.dashboard", "Aggregate stats and trends across sessions"),
    ("diff", "gateway.reports.diff", "Compare two sessions structurally, or by outcome"),
    ("verify", "gateway.reports.verify", "Check that a record is whole and its verdicts hold"),
    ("why", "gateway.reports.why", "Trace the causal chain of an event"),
    ("annotate", "gateway.reports.annotate", "Add notes, labels or bookmarks to events"),
    ("share", "gateway.reports.share", "Export a self-contained HTML report"),
)
"""In the order of the help."""
