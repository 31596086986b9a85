"""Every report: name, module with `command`, help line. Pure data."""

from __future__ import annotations

REPORTS: tuple[tuple[str, str, str], ...] = (
    ("list", "gateway.reports.list", "List all sessions"),
    ("search", "gateway.reports.search", "Find calls, results and messages in all sessions"),
    ("replay", "gateway.reports.replay.command", "Replay a session (default: latest)"),
    ("show", "gateway.reports.show", "Show who ran a session, where, and what came of it"),
    ("audit", "gateway.reports.audit.command", "Check tool calls against a policy"),
    ("stats", "gateway.reports.stats", "Show tool call counts, timing and errors"),
    ("inspect", "gateway.reports.inspect", "Print a whole session as JSON"),
    ("explain", "gateway.reports.explain", "Explain a session in plain English"),
    ("cost", "gateway.reports.cost", "Break down tokens and cost by phase"),
    ("token-budget", "gateway.reports.token_budget", "Check token usage against a model's context window"),
    ("dashboard", "gateway.reports.dashboard", "Show totals and trends across sessions"),
    ("diff", "gateway.reports.diff", "Compare two sessions by phase or by outcome"),
    ("verify", "gateway.reports.verify", "Verify a record's hash chain and its verdicts"),
    ("why", "gateway.reports.why", "Show the chain of causes that led to an event"),
    ("annotate", "gateway.reports.annotate", "Add notes, labels and bookmarks to events"),
    ("share", "gateway.reports.share", "Write a session as one self-contained HTML file"),
)
"""In the order of the help."""
