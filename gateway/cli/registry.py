"""Every command of the command line: one line each, imported when asked for. Pure data."""

from __future__ import annotations

from gateway.model.record import Record
from gateway.reports.registry import REPORTS


class Command(Record):
    """A command: its name, the module whose `command` function runs it, its help and its panel in the general help."""

    __slots__ = ("help", "module", "name", "panel")

    def __init__(self, name: str, module: str, help: str, panel: str) -> None:
        self.name = name
        self.module = module
        self.help = help
        self.panel = panel


class Group(Record):
    """A command with commands of its own; `module` builds it with its `group` function."""

    __slots__ = ("help", "module", "name", "panel")

    def __init__(self, name: str, module: str, help: str, panel: str) -> None:
        self.name = name
        self.module = module
        self.help = help
        self.panel = panel


_READ = "Read"
_GUARD = "Guard"
_POLICY = "Policies"

COMMANDS = (
    Command("setup", "gateway.cli.setup", "Print or install the hooks for a coding agent", _GUARD),
    Command("record", "gateway.cli.record", "Proxy an MCP server on stdio: record and enforce the policy", _GUARD),
    Command(
        "record-http", "gateway.cli.record_http", "Proxy an MCP server over HTTP: record and enforce the policy", _GUARD
    ),
    Command("exec", "gateway.cli.executing", "Run a command and redact its output", _GUARD),
    Command(
        "demo",
        "gateway.cli.demo",
        "Try it out on a built-in example: allowed, redacted, asked and blocked calls",
        _GUARD,
    ),
    Command("watch", "gateway.cli.watch", "Follow a live session and alert, pause or stop at limits", _GUARD),
    Command("approvals", "gateway.cli.approvals", "List calls waiting for approval", _GUARD),
    Command("approve", "gateway.cli.approving", "Approve a waiting call, once or by a policy change", _GUARD),
    *(Command(*report, _READ) for report in REPORTS),
    Command(
        "statusline", "gateway.cli.statusline", "Print context, cost and verdicts for Claude Code's status line", _READ
    ),
    Command("export", "gateway.cli.exporting", "Export a session as JSON, CSV, NDJSON, OTLP or a Chrome trace", _READ),
    Command("redact", "gateway.cli.redacting", "Redact a recorded session again, in place", _READ),
    Command("import", "gateway.cli.importing", "Import session files written by a coding agent", _READ),
)

GROUPS = (Group("policy", "gateway.cli.policy", "Generate, check, test and compare policies", _POLICY),)
