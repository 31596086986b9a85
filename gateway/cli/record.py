"""`record`: an MCP server on stdio behind the gate: the same policy as at every door, and the same record."""

from __future__ import annotations

import gc
import os
import shlex
import sys
from typing import Annotated, Any

import typer

from gateway.checkpoint import Checkpoint, Settings
from gateway.cli.mcp_options import ApprovePins, DenyStyle, Forward, Mask, Observe, Policy, Redact, settings_of
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

CONTEXT = {"allow_interspersed_args": False}


def command(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="-- COMMAND...", help="The server and its arguments.", show_default=False)],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The server's name in policy and record; else after its command.")] = "",
    policy: Policy = "",
    observe: Observe = False,
    redact: Redact = False,
    mask: Mask = False,
    forward: Forward = False,
    approve_pins: ApprovePins = False,
    deny_style: DenyStyle = "result",
) -> None:
    """Stand between an MCP client and the server that COMMAND starts; end as the server ends."""
    del redact
    if approve_pins:
        approve(words)
        return
    settings = settings_of(context.obj.trace_dir, policy=policy, observe=observe, mask=mask, forward=forward)
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
