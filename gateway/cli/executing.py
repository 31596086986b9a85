"""`exec`: a command whose output is cleaned while it runs, whether it succeeds or fails."""

from __future__ import annotations

from typing import Annotated

import typer

from gateway.doors import exec_command

CONTEXT = {"allow_interspersed_args": False}


def command(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="-- COMMAND...", help="The command and its arguments.", show_default=False)
    ],
    redact: Annotated[bool, typer.Option("--redact", help="Redact credentials in the output; always on.")] = True,
    mask: Annotated[bool, typer.Option("--mask", help="Mask personal data, too.")] = False,
) -> None:
    """Run COMMAND, redact its output, and exit with its status.

    An agent's hooks cannot rewrite the output of a command that fails: run through this, it is clean either way.
    """
    del redact
    exec_command.main(["--trace-dir", context.obj.trace_dir, *(["--mask"] if mask else []), "--", *words])
