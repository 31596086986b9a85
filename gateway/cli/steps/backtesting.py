"""`policy backtest`: what another policy would have said of recorded calls."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.authoring.backtest.output import as_data, as_text
from gateway.authoring.backtest.run import FAIL_ON, Backtester
from gateway.cli.steps.progress import watched_sessions
from gateway.host.policy_files import load_policy
from gateway.model.errors import NothingError
from gateway.model.json_text import dumps
from gateway.reports.arguments import folder_of, store_of, warned
from gateway.reports.session_selection import Everything, Last, Names, Since, chosen
from gateway.traces.reader import events


def command(
    context: typer.Context,
    sessions: Names = None,
    policy: Annotated[
        str, typer.Option("--policy", metavar="FILE", help="The policy to try; the project's when left out.")
    ] = "",
    last: Last = None,
    since: Since = "",
    everything: Everything = False,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="WHAT", help=f"Exit with 1 on: {', '.join(FAIL_ON)}.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Run recorded calls against another policy, with the facts recorded then: newly denied, asked, allowed, and
    friction per rule.
    """
    if fail_on and fail_on not in FAIL_ON:
        raise typer.BadParameter(f"expected {', '.join(FAIL_ON)}, found `{fail_on}`", param_hint="--fail-on")
    store = store_of(context)
    names = chosen(store, sessions, last, since, everything)
    compiled = load_policy((folder_of(store, names[0]),), explicit=os.path.abspath(policy) if policy else "")
    tester = Backtester(compiled)
    for name in watched_sessions(names):
        tester.session(name, events(store, name, warned), folder_of(store, name))
    if not tester.result.calls:
        raise NothingError(f"no tool call in {len(names)} session{'' if len(names) == 1 else 's'}")
    shown = policy or "today's policy"
    sys.stdout.write(
        dumps(as_data(shown, compiled["revision"], tester.result)) + "\n" if as_json else as_text(shown, tester.result)
    )
    if fail_on and tester.result.fails(fail_on):
        raise typer.Exit(1)
