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


_READ = "Read the record"
_GUARD = "Stand in the way"
_POLICY = "Live with a policy"

COMMANDS = (
    Command("setup", "gateway.cli.setup", "Print or write the hooks of a coding agent", _GUARD),
    Command("record", "gateway.cli.record", "Stand between an MCP client and a server on stdio", _GUARD),
    Command("record-http", "gateway.cli.record_http", "Stand between MCP clients and a server behind a URL", _GUARD),
    Command("exec", "gateway.cli.executing", "Run a command and clean what it prints", _GUARD),
    Command("demo", "gateway.cli.demo", "Show an allowed, a redacted, an asked and a blocked call on an example of our own", _GUARD),
    Command("watch", "gateway.cli.watch", "Watch a live session with limits", _GUARD),
    Command("approvals", "gateway.cli.approvals", "List the calls that wait for a person's answer", _GUARD),
    Command("approve", "gateway.cli.approving", "Allow a waiting call, once or as a change of policy", _GUARD),
    *(Command(*report, _READ) for report in REPORTS),
    Command("export", "gateway.cli.exporting", "Export a session as JSON, CSV, NDJSON, OTLP or a Chrome trace", _READ),
    Command("redact", "gateway.cli.redacting", "Clean a recorded session again, in place", _READ),
    Command("import", "gateway.cli.importing", "Import session files of a coding agent", _READ),
)

GROUPS = (Group("policy", "gateway.cli.policy", "Generate, check, evaluate and compare policies", _POLICY),)
