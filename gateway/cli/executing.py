"""`exec`: a command whose output is cleaned while it runs, whether it succeeds or fails."""

from __future__ import annotations

from typing import Annotated

import typer

from gateway.doors import exec_command

CONTEXT = {"allow_interspersed_args": False}


def command(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="-- COMMAND...", help="The command and its arguments.", show_default=False)],
    redact: Annotated[bool, typer.Option("--redact", help="Take credentials out of what it prints; this always happens.")] = True,
    mask: Annotated[bool, typer.Option("--mask", help="Take personal data out, too.")] = False,
) -> None:
    """Run COMMAND and clean what it prints; end as it ends.

    An agent's hooks cannot rewrite the output of a command that fails: run through this, it is clean either way.
    """
    del redact
    exec_command.main(["--trace-dir", context.obj.trace_dir, *(["--mask"] if mask else []), "--", *words])
