"""`audit`: every tool call of sessions against a policy; the gate of a CI job."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.analysis.audit import Audit, Terms, audited
from gateway.analysis.replay_decision import Judge
from gateway.host.locations import policies_from
from gateway.host.output import say_commands
from gateway.host.policy_files import load_policy
from gateway.host.writing import write_text
from gateway.model.errors import NothingError
from gateway.model.harmless import unsteering
from gateway.reports.arguments import AsJson, folder_of, store_of, warned
from gateway.reports.audit.baseline import baseline_text, known_keys
from gateway.reports.audit.code_flows import flows
from gateway.reports.audit.sarif import as_sarif
from gateway.reports.audit.text_json_junit import ALL_CALLS, FORMS, SHOWN, as_text
from gateway.reports.session_selection import Everything, Last, Names, Since, chosen
from gateway.traces.reader import events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy

SARIF = "sarif"
NAMES = (*FORMS, SARIF)
_DATA = ("json", "junit", SARIF)
"""Forms that escape, as their own grammar has it, what would steer a terminal."""


def command(
    context: typer.Context,
    sessions: Names = None,
    policy: Annotated[
        str, typer.Option("--policy", metavar="FILE", help="A policy file instead of the project's.")
    ] = "",
    last: Last = None,
    since: Since = "",
    everything: Everything = False,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help=f"{', '.join(NAMES)}.")] = "text",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of stdout.")
    ] = "",
    baseline: Annotated[
        str, typer.Option("--baseline", metavar="FILE", help="Findings that are known and do not fail the audit.")
    ] = "",
    write_baseline: Annotated[
        str, typer.Option("--write-baseline", metavar="FILE", help="Write the findings to FILE as the new baseline.")
    ] = "",
    only_done: Annotated[
        bool,
        typer.Option("--ignore-blocked", help="Calls that were blocked when they were made do not fail the audit."),
    ] = False,
    shadow: Annotated[
        bool, typer.Option("--shadow", help="Show what enforcing everything under `mode: observe` would have changed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check tool calls against a policy file. Exits with 1 when there are violations, with 3 when there is nothing to
    check.
    """
    form = "json" if as_json else form
    if form not in NAMES:
        raise typer.BadParameter(f"expected {', '.join(NAMES)}, found `{form}`", param_hint="--format")
    store = store_of(context)
    names = chosen(store, sessions, last, since, everything)
    terms = Terms(None if form in ALL_CALLS else SHOWN, known_keys(baseline) if baseline else frozenset(), only_done)
    audits = _audits(store, names, policy, terms)
    if not any(audit.calls for audit in audits):
        raise NothingError(f"no tool call in {'session ' + names[0] if len(names) == 1 else f'{len(names)} sessions'}")
    _written(_rendered(store, audits, form, shadow=shadow), output, form)
    if write_baseline:
        _written(baseline_text(audits), write_baseline, "json")
        return
    raise typer.Exit(1 if any(audit.failing for audit in audits) else 0)


def _rendered(store: str, audits: list[Audit], form: str, *, shadow: bool) -> str:
    if form == SARIF:
        with flows(store) as found:
            return as_sarif(audits, found.of)
    return as_text(audits, shadow=shadow) if form == "text" else FORMS[form](audits)


def _written(text: str, output: str, form: str) -> None:
    if output:
        write_text(output, text if form in _DATA else unsteering(text))
    elif form == "github":
        say_commands(text)
    else:
        sys.stdout.write(text)


def _audits(store: str, names: list[str], policy_file: str, terms: Terms) -> list[Audit]:
    explicit = os.path.abspath(policy_file) if policy_file else ""
    judges: dict[str, Judge] = {}
    audits = []
    for name in names:
        folder = folder_of(store, name)
        policy: CompiledPolicy = load_policy((folder,), explicit=explicit)
        judge = judges.setdefault(policy["revision"], Judge(policy))
        has_policy = bool(explicit or policies_from(folder))
        audits.append(audited(judge, name, events(store, name, warned), folder, terms, has_policy=has_policy))
    return audits
