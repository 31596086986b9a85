"""`watch`: a session as it goes on, its limits, alerts, and a hand on the agent's process."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from gateway.authoring.watch_rules import ACTIONS, Rules, limits_of, loop_of, rules_in
from gateway.cli.troubles import COULD_NOT_WORK
from gateway.host.locations import policies_from
from gateway.host.policy_files import load_policy
from gateway.host.processes import agent_of
from gateway.model.errors import GatewayError
from gateway.reports.arguments import SessionName, folder_of, named, store_of
from gateway.traces.reader import meta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.cli.watching import Watch

_LIMITS = ("tool_calls", "cost_usd", "tokens", "retries", "errors", "files_modified", "context_pct", "duration")


def command(
    context: typer.Context,
    session: SessionName = "",
    max_context_pct: Annotated[
        float | None, typer.Option("--max-context-pct", metavar="N", help="Share of the context window.")
    ] = None,
    max_cost: Annotated[float | None, typer.Option("--max-cost", metavar="USD", help="Dollars.")] = None,
    max_tokens: Annotated[float | None, typer.Option("--max-tokens", metavar="N", help="Tokens.")] = None,
    max_calls: Annotated[float | None, typer.Option("--max-calls", metavar="N", help="Tool calls.")] = None,
    max_retries: Annotated[
        float | None, typer.Option("--max-retries", metavar="N", help="Retries of one failing call.")
    ] = None,
    max_errors: Annotated[float | None, typer.Option("--max-errors", metavar="N", help="Failed calls.")] = None,
    max_files: Annotated[float | None, typer.Option("--max-files", metavar="N", help="Files modified.")] = None,
    max_duration: Annotated[str, typer.Option("--max-duration", metavar="TIME", help="30s, 5m, 2h.")] = "",
    loop: Annotated[str, typer.Option("--loop", metavar="LxR", help="L calls, R times over.")] = "",
    rules: Annotated[
        str, typer.Option("--rules", "--config", metavar="FILE", help="Limits and alerts in YAML or JSON.")
    ] = "",
    on_violation: Annotated[
        str, typer.Option("--on-violation", metavar="WHAT", help="alert, pause or stop the agent's process.")
    ] = "",
    alert_file: Annotated[str, typer.Option("--alert-file", metavar="FILE", help="Append alerts to a file.")] = "",
    webhook: Annotated[str, typer.Option("--webhook", metavar="URL", help="Post alerts to an address.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done to the process; do nothing.")
    ] = False,
    idle: Annotated[
        float,
        typer.Option("--max-idle", metavar="S", help="End after so many seconds without an event; 0 never.", min=0),
    ] = 0.0,
    pause: Annotated[bool, typer.Option("--pause", help="Pause the agent's process now, and exit.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Resume the agent's process now, and exit.")] = False,
    stop: Annotated[bool, typer.Option("--stop", help="Stop the agent's process now, and exit.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Alerts as one JSON object a line.")] = False,
) -> None:
    """Follow a live session and check limits. Exits with 1 if one was reached, with 4 if what it limits is not recorded
    anywhere.
    """
    store, name = store_of(context), named(context, session)
    if pause or resume or stop:
        _now(store, name, "pause" if pause else "resume" if resume else "stop", dry_run=dry_run)
        return
    counts = (max_calls, max_cost, max_tokens, max_retries, max_errors, max_files)
    bounds = (*counts, max_context_pct, max_duration or None)
    given: dict[str, Any] = {key: value for key, value in zip(_LIMITS, bounds, strict=True) if value is not None}
    given |= {"loop": loop_of(loop)} if loop else {}
    found = _rules(rules, folder_of(store, name), given)
    action = on_violation or found.action
    if action not in ACTIONS:
        raise typer.BadParameter(f"expected {', '.join(ACTIONS)}, found `{action}`", param_hint="--on-violation")
    from gateway.cli.watching import Watch

    watch = Watch(store, name, found, action=action, dry_run=dry_run, as_json=as_json)
    watch.outlets(alert_file or found.file, webhook or found.webhook)
    raise typer.Exit(_followed(watch, context, name, idle))


def _followed(watch: Watch, context: typer.Context, session: str, idle: float) -> int:
    """Follow until the session ends and return the exit code; what could not be watched is said."""
    reached = watch.follow(context, idle=idle)
    unseen = [] if reached else watch.unseen()
    if unseen:
        sys.stderr.write(
            f"agent-strace: not watched: {', '.join(unseen)}:"
            f" neither the record nor a transcript tells what `{session}` used\n"
        )
    return 1 if reached else COULD_NOT_WORK if unseen else 0


def _rules(path: str, folder: str, given: dict[str, Any]) -> Rules:
    rules = Rules()
    if path:
        with open(path, encoding="utf-8") as file:
            rules = rules_in(file.read(), os.path.abspath(path))
        for name in rules.ignored:
            sys.stderr.write(
                f"agent-strace: warning: `{name}` in {path} is not watched: write it as rules of the policy\n"
            )
    policy = load_policy((folder,))["limits"] if policies_from(folder) else []
    limits = (*policy, *rules.limits, *limits_of(given, "command line"))
    return Rules(limits, rules.action, rules.file, rules.webhook)


def _now(store: str, session: str, what: str, *, dry_run: bool) -> None:
    """Do something with the agent's process at once. Raises GatewayError when it is not known, or is gone."""
    process = agent_of(meta(store, session).get("attribution"))
    if process is None:
        raise GatewayError(f"the record of `{session}` does not tell the agent's process")
    if not process.alive:
        raise GatewayError(f"process {process.pid} is gone, or another one by now", "nothing was signalled")
    if dry_run:
        pass
    elif what == "stop":
        process.end()
    else:
        (process.pause if what == "pause" else process.resume)()
    sys.stderr.write(f"{'would have ' if dry_run else ''}{_DONE[what]} process {process.pid} ({process.name})\n")


_DONE = {"pause": "paused", "resume": "resumed", "stop": "stopped"}
