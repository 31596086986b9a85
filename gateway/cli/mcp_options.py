"""Options that both ways to stand between an MCP client and its server take, and the checkpoint's settings they
make.
"""

from __future__ import annotations

from typing import Annotated

import typer

from gateway.checkpoint import Settings
from gateway.doors.mcp import CAPABILITIES
from gateway.doors.mcp.jsonrpc.responses import DENY_STYLES
from gateway.host.client_project import Whereabouts

LONGEST = 32 * 1024
"""Characters of one text in a message that are recorded."""


def _style(value: str) -> str:
    if value not in DENY_STYLES:
        raise typer.BadParameter(f"expected {' or '.join(DENY_STYLES)}, found `{value}`", param_hint="--deny-style")
    return value


Policy = Annotated[
    str,
    typer.Option(
        "--policy", metavar="FILE", help="A policy file instead of the project's, for the folder that it is in."
    ),
]
Project = Annotated[
    str,
    typer.Option(
        "--project", metavar="DIR", help="The client's project; else $CLAUDE_PROJECT_DIR, else the working folder's."
    ),
]
Observe = Annotated[bool, typer.Option("--observe", help="Decide and record everything, refuse nothing.")]
Redact = Annotated[bool, typer.Option("--redact", help="Accepted for compatibility: credentials are always redacted.")]
Mask = Annotated[bool, typer.Option("--mask", help="Mask personal data in the record, too.")]
Forward = Annotated[bool, typer.Option("--forward", help="Redact what is passed on as well as the record.")]
ApprovePins = Annotated[
    bool,
    typer.Option(
        "--approve-pins", help="Show how the server's tools differ from the pinned definitions, approve them, and exit."
    ),
]
DenyStyle = Annotated[
    str,
    typer.Option(
        "--deny-style",
        metavar="STYLE",
        help="How a refusal is returned: as a tool result or a JSON-RPC error.",
        callback=_style,
    ),
]


def named_store(context: typer.Context) -> str:
    """Return the store that was named on the command line or in $AGENT_TRACE_DIR, "" where it is left to the project.

    The tree's own answer is the working folder's project: for a proxy that a client started in `/` that is the wrong
    one.
    """
    return str(context.obj.trace_dir) if context.find_root().params.get("trace_dir") else ""


def settings_of(trace_dir: str, where: Whereabouts, *, observe: bool, mask: bool, forward: bool) -> Settings:
    """Return the settings of a proxy's checkpoint."""
    return Settings(
        CAPABILITIES,
        trace_dir=trace_dir,
        policy_file=where.policy,
        observe=observe,
        mask=mask,
        forward=forward,
        resident=True,
        longest=LONGEST,
        folders=where.folders,
    )
