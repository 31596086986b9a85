"""`audit`: every tool call of sessions against a policy; the gate of a CI job."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from gateway.analysis.auditing import Audit, audited
from gateway.host.folders import policies_from
from gateway.host.policy_files import load_policy
from gateway.model.errors import NothingError
from gateway.reports.arguments import AsJson, named, store_of, warned
from gateway.reports.audit_forms import FORMS
from gateway.reports.listing import day
from gateway.traces.reader import events, meta, sessions

Session = Annotated[str, typer.Argument(help="A session: any unique prefix, or `latest`.", metavar="[SESSION]")]


def command(
    context: typer.Context,
    session: Session = "",
    policy: Annotated[str, typer.Option("--policy", metavar="FILE", help="A policy file instead of the project's.")] = "",
    last: Annotated[int | None, typer.Option("--last", metavar="N", help="The last N sessions.", min=1)] = None,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Sessions that ended on this day or later.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All sessions of the store.")] = False,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="text, json, sarif, junit or github.")] = "text",
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of stdout.")] = "",
    only_done: Annotated[bool, typer.Option("--ignore-blocked", help="Calls that were blocked when they were made do not fail the audit.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check tool calls against a policy file. Exits with 1 when there are violations, with 3 when there is nothing to check."""
    form = "json" if as_json else form
    if form not in FORMS:
        raise typer.BadParameter(f"expected {', '.join(FORMS)}, found `{form}`", param_hint="--format")
    store = store_of(context)
    names = _chosen(context, session, last, since, everything)
    audits = [_audit(store, name, policy) for name in names]
    if not any(audit.calls for audit in audits):
        raise NothingError(f"no tool call in {'session ' + names[0] if len(names) == 1 else f'{len(names)} sessions'}")
    text = FORMS[form](audits)
    if output:
        with open(output, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)
    violations = [found for audit in audits for found in audit.violations if not (only_done and found.blocked)]
    raise typer.Exit(1 if violations else 0)


def _chosen(context: typer.Context, session: str, last: int | None, since: str, everything: bool) -> list[str]:
    if not (last or since or everything):
        return [named(context, session)]
    store = store_of(context)
    after = day(since)
    names = [name for name in sessions(store) if not after or os.stat(f"{store}/{name}/events.ndjson").st_mtime >= after]
    if last:
        names = names[:last]
    if not names:
        raise NothingError(f"no session in `{store}` fits")
    return names


def _audit(store: str, name: str, policy_file: str) -> Audit:
    folder = _folder(store, name)
    policy = load_policy((folder,), explicit=os.path.abspath(policy_file) if policy_file else "")
    has_policy = bool(policy_file or policies_from(folder))
    return audited(policy, name, events(store, name, warned), folder, has_policy=has_policy)


def _folder(store: str, name: str) -> str:
    """Return the folder that a session worked in; where it was not noted, the one that holds the store."""
    attribution = meta(store, name).get("attribution")
    folder = attribution.get("working_dir") if isinstance(attribution, dict) else None
    return folder if isinstance(folder, str) and folder.startswith("/") else os.path.dirname(store.rstrip("/")) or "/"
