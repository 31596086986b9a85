"""`policy eval`: decide calls that are described, not made."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.authoring.evaluate import Evaluator
from gateway.model.errors import ProtocolError
from gateway.model.json_text import dumps, line_of, loads
from gateway.tools.described import arguments_from

PolicyFile = Annotated[str, typer.Option("--policy", metavar="FILE", help="A policy file instead of the project's.")]


def command(
    call: Annotated[str, typer.Argument(help="`Tool: text` or a JSON object; `-` reads stdin.")] = "-",
    batch: Annotated[
        bool, typer.Option("--batch", help="Read one JSON object per line, print one per line, in order.")
    ] = False,
    policy: PolicyFile = "",
) -> None:
    """Evaluate calls without making them. Exits with 0 for any verdict, 2 for a call that cannot be judged."""
    evaluator = Evaluator(policy_file=os.path.abspath(policy) if policy else "")
    if batch:
        _batch(evaluator)
        return
    text = sys.stdin.read() if call == "-" else call
    try:
        answer = evaluator.judge(described(text))
    except ProtocolError as error:
        raise typer.BadParameter(str(error), param_hint="CALL") from None
    sys.stdout.write(dumps(answer) + "\n")


def described(text: str) -> dict[str, object]:
    """Return the call that `Tool: text` or a JSON object describes. Raises ProtocolError."""
    if text.lstrip().startswith("{"):
        value = loads(text)
        if isinstance(value, dict):
            return value
    tool, colon, given = text.partition(":")
    if not colon or not tool.strip():
        raise ProtocolError("expected `Tool: what it is given` or a JSON object", "for instance `Bash: rm -rf build`")
    return {"tool": tool.strip(), "input": arguments_from(tool.strip(), given.strip())}


def _batch(evaluator: Evaluator) -> None:
    write = sys.stdout.buffer.write
    for line in sys.stdin.buffer:
        if line.strip():
            write(line_of(evaluator.line(line.decode("utf-8", "surrogateescape"))))
    sys.stdout.buffer.flush()
