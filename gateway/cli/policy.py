"""`policy`: the group of commands around a policy document."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.lifecycle.check import check_file
from gateway.lifecycle.evaluate import Evaluator
from gateway.model.errors import ProtocolError
from gateway.model.json_text import dumps, loads

PolicyFile = Annotated[str, typer.Option("--policy", metavar="FILE", help="A policy file instead of the project's.")]


def group() -> typer.Typer:
    """Return the group's commands."""
    app = typer.Typer(no_args_is_help=True)
    app.command("eval", help="Decide one described call, or NDJSON calls on stdin with --batch.")(evaluate)
    app.command("check", help="Parse, validate and run the examples of a policy.")(check)
    return app


def evaluate(
    call: Annotated[str, typer.Argument(help="`Tool: text` or a JSON object; `-` reads stdin.")] = "-",
    batch: Annotated[bool, typer.Option("--batch", help="One JSON object a line in, one a line out, in order.")] = False,
    policy: PolicyFile = "",
) -> None:
    """Decide calls that are described, not made; exit 0 for a verdict, whatever it is, 2 for a call that cannot be judged."""
    evaluator = Evaluator(policy_file=os.path.abspath(policy) if policy else "")
    if batch:
        _batch(evaluator)
        return
    text = sys.stdin.read() if call == "-" else call
    answer = evaluator.judge(described(text))
    sys.stdout.write(dumps(answer) + "\n")


def described(text: str) -> dict[str, object]:
    """Return the call that `Tool: text` or a JSON object describes. Raises ProtocolError."""
    from gateway.tools.described import arguments_from

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
            answer = evaluator.line(line.decode("utf-8", "surrogateescape"))
            write(_line(answer))
    sys.stdout.buffer.flush()


def _line(answer: dict[str, object]) -> bytes:
    from gateway.model.json_text import line_of

    return line_of(answer)


def check(
    files: Annotated[list[str] | None, typer.Argument(help="Policy files; the project's when left out.", metavar="[FILE]...")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Parse, validate and run the examples of policy files; exit 1 for a finding, 4 for a file that cannot be understood."""
    from gateway.host.folders import policies_from

    paths = [os.path.abspath(path) for path in files or policies_from(os.getcwd())[:1]]
    if not paths:
        sys.stderr.write("agent-strace: no policy here; `agent-strace policy --output .agent-scope.json` makes one from what was recorded\n")
        raise typer.Exit(3)
    reports = [check_file(path) for path in paths]
    if as_json:
        sys.stdout.write(dumps({"files": [report.data() for report in reports]}) + "\n")
    else:
        for report in reports:
            sys.stdout.write(report.text())
    raise typer.Exit(max(report.exit_code for report in reports))
