"""`policy explain`: what one described call would do, and which rule says what of it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.authoring.evaluate import Evaluator
from gateway.authoring.explain.output import as_text
from gateway.cli.steps.evaluating import PolicyFile, described
from gateway.model.errors import ProtocolError
from gateway.model.json_text import dumps


def command(
    call: Annotated[str, typer.Argument(help="`Tool: text` or a JSON object; `-` reads stdin.")] = "-",
    policy: PolicyFile = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Show the commands in a call, what each would do, what is opaque and why, which rules match and which nearly
    do.
    """
    evaluator = Evaluator(policy_file=os.path.abspath(policy) if policy else "")
    text = sys.stdin.read() if call == "-" else call
    try:
        data = evaluator.explain(described(text))
    except ProtocolError as error:
        raise typer.BadParameter(str(error), param_hint="CALL") from None
    sys.stdout.write(dumps(data) + "\n" if as_json else as_text(data))
