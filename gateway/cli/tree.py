"""The typer tree: real commands for what was asked, placeholders with a help line for the rest."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import typer

from gateway.cli.registry import COMMANDS, GROUPS
from gateway.host.locations import own_store, passed_over


@dataclass(frozen=True)
class Options:
    """What stands before the command.

    given  absolute path of the store that was named, or ""
    color  "auto", "always" or "never"
    """

    given: str
    color: str

    @cached_property
    def trace_dir(self) -> str:
        """The absolute path of the store; looked for by the commands that need one. Raises TraceError where it is
        somebody else's.
        """
        if self.given:
            return self.given
        for problem in passed_over(os.getcwd()):
            sys.stderr.write(f"agent-strace: warning: passed over: {problem}\n")
        return own_store(os.getcwd())

    def bring_up_to_date(self, session: str) -> None:
        """Complete a session of the store from its client's transcript, where that has grown."""
        from gateway.cli.up_to_date import bring_up_to_date

        bring_up_to_date(self.trace_dir, session)


def build(wanted: str) -> Callable[..., Any]:
    """Return the command line, ready to be called; `wanted` names the one command to import, "" imports all."""
    app = typer.Typer(
        name="agent-strace",
        help="strace for AI agents that can also say no.",
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    for command in COMMANDS:
        if wanted in ("", command.name):
            module = importlib.import_module(command.module) if wanted else None
            settings = getattr(module, "CONTEXT", {})
            function = module.command if module is not None else _placeholder
            app.command(command.name, help=command.help, rich_help_panel=command.panel, context_settings=settings)(
                function
            )
    for group in GROUPS:
        if wanted == group.name:
            app.add_typer(
                importlib.import_module(group.module).group(),
                name=group.name,
                help=group.help,
                rich_help_panel=group.panel,
            )
        elif not wanted:
            app.command(group.name, help=group.help, rich_help_panel=group.panel)(_placeholder)
    return app


def _placeholder() -> None:
    """Stand for a command in the general help."""


def _options(
    context: typer.Context,
    trace_dir: Annotated[
        str, typer.Option("--trace-dir", metavar="DIR", help="The store to read and write.", envvar="AGENT_TRACE_DIR")
    ] = "",
    color: Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")] = "auto",
    version: Annotated[bool, typer.Option("--version", "-V", help="Show the version and exit.")] = False,
) -> None:
    if color not in ("auto", "always", "never"):
        raise typer.BadParameter(f"expected auto, always or never, found `{color}`", param_hint="--color")
    if version:
        from gateway import __version__

        typer.echo(f"agent-strace {__version__}")
        raise typer.Exit
    folder = os.path.abspath(os.path.expanduser(trace_dir)) if trace_dir else ""
    context.obj = Options(folder, color)
