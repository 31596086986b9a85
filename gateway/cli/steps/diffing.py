"""`policy diff`: what a new policy permits or forbids that the old one did not."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.authoring.diff.compare import compared
from gateway.authoring.diff.output import FAIL_ON, as_data, as_text, fails
from gateway.host.policy_files import load_policy
from gateway.model.json_text import dumps


def command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The old policy file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new policy file.")],
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="WHAT", help=f"Exit with 1 on: {', '.join(FAIL_ON)}.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Show what NEW permits, asks about or denies that OLD did not, each with an example call."""
    if fail_on and fail_on not in FAIL_ON:
        raise typer.BadParameter(f"expected {', '.join(FAIL_ON)}, found `{fail_on}`", param_hint="--fail-on")
    cwd = os.getcwd()
    sides = [load_policy((cwd,), explicit=os.path.abspath(path)) for path in (old, new)]
    comparison = compared(sides[0], sides[1], cwd=cwd)
    sys.stdout.write(dumps(as_data(old, new, comparison)) + "\n" if as_json else as_text(old, new, comparison))
    if fail_on and fails(comparison, fail_on):
        raise typer.Exit(1)
