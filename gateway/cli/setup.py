"""`setup`: the hooks of a coding agent, printed or merged into its settings file."""

from __future__ import annotations

import difflib
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from gateway.doors.hook import AGENTS
from gateway.doors.hook.install import BY_NAME, agent_of, hook_command
from gateway.host.locations import own_store
from gateway.host.policy_files import load_policy
from gateway.host.settings_files import read_text, write_settings
from gateway.model.errors import GatewayError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gateway.doors.hook.agent import Agent

SHOWN = 14
"""Most lines of a run of the diff that are shown: one hook, and what all of them have in common."""


def command(
    agent: Annotated[str, typer.Option("--agent", metavar="NAME", help="The agent to set up.")] = "claude-code",
    write: Annotated[
        bool, typer.Option("--write", help="Merge the hooks into the settings file and show the diff.")
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take our hooks out of the settings file again.")] = False,
    for_all: Annotated[bool, typer.Option("--global", help="For all projects of this user.")] = False,
    local: Annotated[
        bool,
        typer.Option(
            "--local", help="For this project on this machine: in settings.local.json, which is not committed."
        ),
    ] = False,
    shared: Annotated[
        bool,
        typer.Option(
            "--shared",
            help="For a settings file that a team commits: names no path; a machine without agent-strace refuses every call.",
        ),
    ] = False,
    redact: Annotated[
        bool, typer.Option("--redact", help="Accepted for compatibility: credentials are always removed.")
    ] = False,
    mask: Annotated[bool, typer.Option("--mask", help="Remove personal data from the record too.")] = False,
    forward: Annotated[
        bool, typer.Option("--forward", help="Remove the same from what goes to tools and comes back to the agent.")
    ] = False,
    shield: Annotated[
        bool,
        typer.Option(
            "--exec",
            help="Run shell commands behind `exec` where something is removed, so that failing ones are clean too.",
        ),
    ] = False,
) -> None:
    """Print the hooks of an agent; with --write merge them into its settings, with --remove take them out."""
    _check(agent, both=write and remove, places=local + shared + for_all)
    options = ("--redact",) * redact + ("--mask",) * mask + ("--forward",) * forward + ("--exec",) * shield
    module = agent_of(agent)
    path = module.settings_path(os.getcwd(), for_all=for_all, local=local)
    command = BY_NAME if shared else hook_command()
    if not write and not remove:
        sys.stdout.write(module.settings_snippet(command, options))
        sys.stderr.write(f"Add this to {path}, or let `agent-strace setup --write` do it.\n")
        return
    _change(module, path, command, options, remove=remove)
    if not remove:
        _hold_that_hooks_run(module, path)
    if not remove and not for_all:
        _advise(module, path, local=local, shared=shared)
        _warn_where_every_call_would_be_refused()


def _change(module: Agent, path: str, command: tuple[str, ...], options: tuple[str, ...], *, remove: bool) -> None:
    """Write the settings with our hooks, or without them, and show what changed. Raises GatewayError."""
    before = read_text(path)
    try:
        text = module.without_hooks(before.text) if remove else module.with_hooks(before.text, command, options)
    except GatewayError as error:
        raise GatewayError(
            f"`{path}` could not be parsed: {error.problem}", "fix it first; nothing was changed"
        ) from None
    if text == before.text:
        sys.stderr.write(f"{path}: nothing to do, the hooks are {'not there' if remove else 'there already'}\n")
    else:
        sys.stdout.writelines(_diff(before.text, text, path))
        backup = write_settings(path, text, before)
        sys.stderr.write(f"{path}: written{f', the old one kept as {backup}' if backup else ''}\n")


def _check(agent: str, *, both: bool, places: int) -> None:
    """Raise BadParameter for an agent that is none, and for options that exclude each other."""
    if agent not in AGENTS:
        raise typer.BadParameter(f"unknown agent `{agent}`; known: {', '.join(AGENTS)}", param_hint="--agent")
    if both:
        raise typer.BadParameter("--write and --remove exclude each other")
    if places > 1:
        raise typer.BadParameter("--local, --shared and --global exclude each other")


def _diff(before: str, after: str, path: str) -> Iterator[str]:
    """Yield the lines of a unified diff; of a long run of new or old lines, which are alike, only the first."""
    run, sign = 0, ""
    for line in difflib.unified_diff(before.splitlines(True), after.splitlines(True), path, path, n=1):
        is_same = line[:1] == sign and not line.startswith(("+++", "---"))
        if not is_same:
            yield from _folded(run, sign)
            run, sign = 0, line[:1] if line[:1] in "+-" and not line.startswith(("+++", "---")) else ""
        run += 1
        if not sign or run <= SHOWN:
            yield line
    yield from _folded(run, sign)


def _folded(run: int, sign: str) -> Iterator[str]:
    if sign and run > SHOWN:
        yield f"{sign} … {run - SHOWN} more lines like these\n"


def _advise(module: Agent, path: str, *, local: bool, shared: bool) -> None:
    """Say what a team should know of the file, and where hooks would run twice."""
    if not local and not shared:
        sys.stderr.write(
            "This file now names this machine's paths: for one that is committed, take --shared, or --local instead.\n"
        )
    other = module.settings_path(os.getcwd(), for_all=False, local=not local)
    try:
        twice = module.has_hooks(read_text(other).text)
    except GatewayError:
        return
    if twice:
        remove = "--remove" if local else "--remove --local"
        sys.stderr.write(
            f"agent-strace: warning: the hooks stand in {other}, too, and run twice; `agent-strace setup {remove}` takes those out\n"
        )


def _hold_that_hooks_run(module: Agent, path: str) -> None:
    """Exit with 4 where the file as written does not start our hooks: hooks that silently never run are worse than
    none.
    """
    text = read_text(path).text
    switch = module.kill_switch(text)
    if switch:
        sys.stderr.write(f"agent-strace: no hook will run: `{switch}` in {path} turns hooks off\n")
    elif not module.has_hooks(text):
        sys.stderr.write(
            f"agent-strace: {path} was written, but the hooks are not in it; another program may have overwritten it\n"
        )
    else:
        return
    raise typer.Exit(4)


def _warn_where_every_call_would_be_refused() -> None:
    """Say now what the first call would say, while a person is looking."""
    try:
        load_policy((os.getcwd(),))
        own_store(os.getcwd())
    except GatewayError as error:
        sys.stderr.write(f"agent-strace: warning: every call is refused until this is fixed: {error}\n")
