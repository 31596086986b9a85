"""Every report: name, module with `command`, help line. Pure data."""

from __future__ import annotations

REPORTS: tuple[tuple[str, str, str], ...] = (
    ("list", "gateway.reports.listing", "List all sessions"),
    ("replay", "gateway.reports.replaying", "Replay a session (default: latest)"),
    ("show", "gateway.reports.showing", "Show who and what a session was"),
    ("audit", "gateway.reports.auditing", "Check tool calls against a policy"),
    ("stats", "gateway.reports.counting", "Show tool call frequency and timing"),
    ("inspect", "gateway.reports.inspecting", "Dump a full session as JSON"),
    ("explain", "gateway.reports.explaining", "Explain a session in plain English"),
    ("cost", "gateway.reports.costing", "Break down token usage and cost by phase"),
    ("token-budget", "gateway.reports.budgeting", "Check token usage against a model's context window"),
    ("dashboard", "gateway.reports.dashboard", "Aggregate stats and trends across sessions"),
    ("diff", "gateway.reports.comparing", "Compare two sessions structurally, or by outcome"),
    ("verify", "gateway.reports.verifying", "Check that a record is whole and its verdicts hold"),
    ("why", "gateway.reports.causes", "Trace the causal chain of an event"),
    ("annotate", "gateway.reports.annotating", "Add notes, labels or bookmarks to events"),
    ("share", "gateway.reports.sharing", "Export a self-contained HTML report"),
)
"""In the order of the help."""
