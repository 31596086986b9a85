"""`record`: an MCP server on stdio behind the gate: the same policy as at every door, and the same record."""

from __future__ import annotations

import gc
import os
import shlex
import sys
from typing import Annotated, Any

import typer

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.mcp import CAPABILITIES
from gateway.doors.mcp.answers import DENY_STYLES
from gateway.doors.mcp.child import Child, end_as
from gateway.doors.mcp.conversation import Conversation
from gateway.doors.mcp.gate import Gate
from gateway.doors.mcp.naming import name_of_command
from gateway.doors.mcp.pin_check import PinCheck
from gateway.doors.mcp.pinning import Pin, difference, pin_of
from gateway.doors.mcp.poison import findings
from gateway.doors.mcp.stdio_proxy import StdioProxy
from gateway.host.attribution import attribution
from gateway.host.pins import PinFile
from gateway.model.errors import GatewayError

LONGEST = 32 * 1024
"""Characters of one text in a message that are recorded."""

CONTEXT = {"allow_interspersed_args": False}


def command(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="-- COMMAND...", help="The server and its arguments.", show_default=False)],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The server's name in policy and record; else after its command.")] = "",
    policy: Annotated[str, typer.Option("--policy", metavar="FILE", help="A policy that stands instead of the project's.")] = "",
    observe: Annotated[bool, typer.Option("--observe", help="Decide and record everything, refuse nothing.")] = False,
    redact: Annotated[bool, typer.Option("--redact", help="Accepted for compatibility: credentials never reach the record.")] = False,
    mask: Annotated[bool, typer.Option("--mask", help="Personal data does not reach the record either.")] = False,
    forward: Annotated[bool, typer.Option("--forward", help="What is taken out of the record is taken out of what passes, too.")] = False,
    approve_pins: Annotated[
        bool, typer.Option("--approve-pins", help="List the server's tools, show what differs from what was seen before, approve it, and end.")
    ] = False,
    deny_style: Annotated[str, typer.Option("--deny-style", metavar="STYLE", help="How a refused tool is told: result or error.")] = "result",
) -> None:
    """Stand between an MCP client and the server that COMMAND starts; end as the server ends."""
    if deny_style not in DENY_STYLES:
        raise typer.BadParameter(f"expected {' or '.join(DENY_STYLES)}, found `{deny_style}`", param_hint="--deny-style")
    del redact
    if approve_pins:
        approve(words)
        return
    settings = Settings(
        CAPABILITIES,
        trace_dir=context.obj.trace_dir,
        policy_file=os.path.abspath(policy) if policy else "",
        observe=observe,
        mask=mask,
        forward=forward,
        resident=True,
        longest=LONGEST,
    )
    end_as(serve(words, settings, name=name or name_of_command(words), deny_style=deny_style))


def serve(words: list[str], settings: Settings, *, name: str, deny_style: str) -> int:
    """Run a server behind the gate until it ends; return its exit code. Raises GatewayError when it cannot be started or recorded."""
    cwd = os.getcwd()
    approval = "agent-strace record --approve-pins -- " + shlex.join(words)
    gate = Gate(Checkpoint(settings), cwd=cwd, pins=PinFile(identity_of(words)), approve=approval)
    conversation = Conversation(gate, server=name, deny_style=deny_style)
    child = Child(words)
    problem = conversation.opened({"agent_name": name, "command": " ".join(words), "attribution": attribution(cwd, "mcp-client")})
    if problem:
        sys.stderr.write(f"agent-strace: not recorded: {problem}\n")
    gc.collect()
    gc.freeze()
    code = StdioProxy(conversation, child).run()
    conversation.closed(exit_code=code)
    return code


def approve(words: list[str]) -> None:
    """Show what a server's tools are now and what differs from what was seen before, and approve it. Raises GatewayError."""
    approve_tools(PinFile(identity_of(words)), PinCheck(words).tools())


def approve_tools(pins: PinFile, tools: list[dict[str, Any]]) -> None:
    """Show what tools are now and what differs from what was seen before, and approve it. Raises GatewayError."""
    try:
        before = pins.kept()
    except GatewayError as error:
        before = {}
        sys.stderr.write(f"agent-strace: {error}; it is written anew\n")
    now: dict[str, tuple[str, str, str]] = {}
    for one in tools:
        name, pin = str(one.get("name")), pin_of(one)
        now[name] = (pin.whole, pin.description, pin.schema)
        said = f"changed: {difference(Pin(*before[name]), pin)}" if name in before else "new"
        if name not in before or before[name] != now[name]:
            typer.echo(f"{name}: {said}\n    {str(one.get('description', ''))[:500]!r}")
        for finding in findings(one):
            typer.echo(f"{name}: holds {finding}")
    for name in before.keys() - now.keys():
        typer.echo(f"{name}: gone")
    pins.replace(now)
    typer.echo(f"{len(now)} tools approved, {sum(now.get(name) == pin for name, pin in before.items())} of them as they were")


def identity_of(words: list[str]) -> str:
    """Return what a server is, for its pins: the command that starts it."""
    return "command:" + shlex.join(words)
