"""`setup`: the hooks of a coding agent, printed or merged into its settings file."""

from __future__ import annotations

import difflib
import os
import sys
from typing import Annotated

import typer

from gateway.doors.hook import AGENTS
from gateway.doors.hook.install import hook_command, installed, merged, printed, removed, settings_path
from gateway.host.locations import own_store
from gateway.host.policy_files import load_policy
from gateway.host.settings_files import read_settings, write_settings
from gateway.model.errors import GatewayError


def command(
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="The agent to set up.")] = "claude-code",
    write: Annotated[bool, typer.Option("--write", help="Merge the hooks into the settings file and show the diff.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take our hooks out of the settings file again.")] = False,
    for_all: Annotated[bool, typer.Option("--global", help="For all projects of this user.")] = False,
    redact: Annotated[bool, typer.Option("--redact", help="Accepted for compatibility: credentials are always removed.")] = False,
    mask: Annotated[bool, typer.Option("--mask", help="Remove personal data from the record too.")] = False,
    forward: Annotated[bool, typer.Option("--forward", help="Remove the same from what goes to tools and comes back to the agent.")] = False,
    shield: Annotated[
        bool, typer.Option("--exec", help="Run shell commands behind `exec` where something is removed, so that failing ones are clean too.")
    ] = False,
) -> None:
    """Print the hooks of an agent; with --write merge them into its settings, with --remove take them out."""
    if agent not in AGENTS:
        raise typer.BadParameter(f"unknown agent `{agent}`; known: {', '.join(AGENTS)}", param_hint="--agent")
    if write and remove:
        raise typer.BadParameter("--write and --remove exclude each other")
    options = ("--redact",) * redact + ("--mask",) * mask + ("--forward",) * forward + ("--exec",) * shield
    entries = printed(agent, hook_command(), options)
    path = settings_path(agent, os.getcwd(), for_all=for_all)
    if not write and not remove:
        _print(entries, path)
        return
    before = read_settings(path)
    after = removed(before.value) if remove else merged(before.value, entries)
    text = before.rendered(after)
    if text == before.text:
        sys.stderr.write(f"{path}: nothing to do, the hooks are {'not there' if remove else 'there already'}\n")
        return
    sys.stdout.writelines(difflib.unified_diff(before.text.splitlines(True), text.splitlines(True), path, path))
    backup = write_settings(path, text, before)
    sys.stderr.write(f"{path}: written{f', the old one kept as {backup}' if backup else ''}\n")
    if not remove and not installed(read_settings(path).value):
        sys.stderr.write("agent-strace: the hooks did not arrive; look at the file\n")
        raise typer.Exit(4)
    if not remove and not for_all:
        _warn_where_every_call_would_be_refused()


def _warn_where_every_call_would_be_refused() -> None:
    """Say now what the first call would say, while a person is looking."""
    try:
        load_policy((os.getcwd(),))
        own_store(os.getcwd())
    except GatewayError as error:
        sys.stderr.write(f"agent-strace: warning: until this is mended every call is refused: {error}\n")


def _print(entries: dict[str, object], path: str) -> None:
    import json

    sys.stdout.write(json.dumps({"hooks": entries}, indent=2) + "\n")
    sys.stderr.write(f"Add this to {path}, or let `agent-strace setup --write` do it.\n")
