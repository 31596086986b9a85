"""`record`: an MCP server on stdio behind the gate: the same policy as at every door, and the same record."""

from __future__ import annotations

import gc
import os
import shlex
from typing import Annotated, Any

import typer

from gateway.analysis.event_text import one_line
from gateway.checkpoint import Checkpoint, Settings
from gateway.cli.mcp_options import (
    ApprovePins,
    DenyStyle,
    Forward,
    Mask,
    Observe,
    Policy,
    Project,
    Redact,
    named_store,
    settings_of,
)
from gateway.cli.mcp_place import say, standing, tell
from gateway.doors.mcp.session.conversation import Conversation
from gateway.doors.mcp.session.enforcement import Gate
from gateway.doors.mcp.session.server_name import name_of_command
from gateway.doors.mcp.session.tool_pins import Pin, difference, pin_of
from gateway.doors.mcp.session.tool_poisoning import findings
from gateway.doors.mcp.stdio.pin_check import PinCheck
from gateway.doors.mcp.stdio.proxy import StdioProxy
from gateway.doors.mcp.stdio.server_process import Child, end_as
from gateway.host.attribution import attribution
from gateway.host.client_project import whereabouts
from gateway.host.pins import PinFile
from gateway.model.errors import GatewayError
from gateway.redaction.redact import Cleaner

CONTEXT = {"allow_interspersed_args": False}
LONGEST_VALUE = 1000
"""Characters that are shown of a member of a definition that has changed."""


def command(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="-- COMMAND...", help="The server and its arguments.", show_default=False)
    ],
    name: Annotated[
        str,
        typer.Option(
            "--name", metavar="NAME", help="The server's name in policies and records; default: from its command."
        ),
    ] = "",
    policy: Policy = "",
    project: Project = "",
    observe: Observe = False,
    redact: Redact = False,
    mask: Mask = False,
    forward: Forward = False,
    approve_pins: ApprovePins = False,
    deny_style: DenyStyle = "result",
) -> None:
    """Proxy the MCP server that COMMAND starts: record and enforce the policy. Exits with the server's status."""
    del redact
    if approve_pins:
        approve(words)
        return
    where = whereabouts(project, policy)
    found = standing(
        settings_of(named_store(context), where, observe=observe, mask=mask, forward=forward), os.getcwd(), where
    )
    tell(found)
    end_as(serve(words, found.settings, name=name or name_of_command(words), deny_style=deny_style))


def serve(words: list[str], settings: Settings, *, name: str, deny_style: str) -> int:
    """Run a server behind the gate until it ends; return its exit code. Raises GatewayError when it cannot be started
    or recorded.
    """
    cwd = os.getcwd()
    gate = Gate(
        Checkpoint(settings), cwd=cwd, pins=PinFile(identity_of(words)), approve=approval_of("record", words), tell=say
    )
    conversation = Conversation(gate, server=name, deny_style=deny_style)
    child = Child(words)
    problem = conversation.opened(
        {"agent_name": name, "command": " ".join(words), "attribution": attribution(cwd, "mcp-client")}
    )
    if problem:
        say(f"not recorded: {problem}")
    gc.collect()
    gc.freeze()
    code = StdioProxy(conversation, child).run()
    conversation.closed(exit_code=code)
    return code


def approve(words: list[str]) -> None:
    """Show what a server's tools are now and what differs from what was seen before, and approve it. Raises
    GatewayError.
    """
    approve_tools(PinFile(identity_of(words)), PinCheck(words).tools())


def approve_tools(pins: PinFile, tools: list[dict[str, Any]]) -> None:
    """Show what tools are now and what differs from what was seen before, and approve it. Raises GatewayError."""
    try:
        before, known = pins.kept(), pins.definitions()
    except GatewayError as error:
        before, known = {}, {}
        say(f"{error}; it is written anew")
    now: dict[str, tuple[str, str, str]] = {}
    for tool in tools:
        name, pin = str(tool.get("name")), pin_of(tool)
        now[name] = (pin.whole, pin.description, pin.schema)
        text = f"changed: {difference(Pin(*before[name]), pin)}" if name in before else "new"
        if name not in before or before[name] != now[name]:
            _show(f"{name}: {text}")
            was = known.get(name)
            for line in changes(was, tool) if was is not None else [f"{tool.get('description', '')!r}"]:
                _show(line, LONGEST_VALUE, indent="    ")
        for finding in findings(tool):
            _show(f"{name}: holds {finding}")
    for name in before.keys() - now.keys():
        _show(f"{name}: gone")
    pins.replace(now, {str(tool.get("name")): tool for tool in tools})
    typer.echo(
        f"{len(now)} tools approved, {sum(now.get(name) == pin for name, pin in before.items())} of them as they were"
    )


def changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return the members of a definition that differ, as they were and as they are, one line each."""
    lines = []
    for key in dict.fromkeys((*before, *now)):
        if before.get(key) != now.get(key):
            lines += [f"{key} was {before.get(key)!r}", f"{key} is {now.get(key)!r}"]
    return lines


def _show(text: str, longest: int = 500, *, indent: str = "") -> None:
    """Print one line in which nothing that a server wrote can draw on a terminal, or stand at its beginning as an order
    to a CI system.
    """
    line = one_line(text, longest)
    typer.echo(indent + (f"`{line}`" if line.startswith("::") else line))


def approval_of(command: str, words: list[str]) -> str:
    """Return the command that approves a server's tools, as it may be recorded and told to a model: without
    credentials.
    """
    cleaned = Cleaner(os.urandom(32)).value(words)
    return f"agent-strace {command} --approve-pins {'-- ' * (command == 'record')}{shlex.join(map(str, cleaned))}"


def identity_of(words: list[str]) -> str:
    """Return what a server is, for its pins: the command that starts it."""
    return "command:" + shlex.join(words)
