"""`policy`: suggest a least-privilege policy from recorded sessions; prints it unless told where to write it."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Annotated, Any

import typer

from gateway.authoring.generate.output import as_data, document_text, report_text
from gateway.authoring.generate.run import Session, generated
from gateway.cli.steps.progress import watched_sessions
from gateway.host.locations import POLICY_NAME, project_root
from gateway.host.policy_files import policy_of_value
from gateway.host.policy_reader import Reader
from gateway.host.writing import write_text
from gateway.model.errors import NothingError
from gateway.model.json_text import dumps
from gateway.policy.document_text import parse_text
from gateway.policy.parse import parse_document
from gateway.reports.arguments import folder_of, store_of, warned
from gateway.reports.session_selection import Everything, Last, Names, Since, chosen
from gateway.traces.reader import events


def command(
    context: typer.Context,
    sessions: Names = None,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the policy to a file; an existing one is backed up."
        ),
    ] = "",
    last: Last = None,
    since: Since = "",
    everything: Everything = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The policy and its report as one JSON document on stdout.")
    ] = False,
) -> None:
    """Suggest a least-privilege policy from recorded sessions (all of them, unless some are named). Prints it; --output
    writes it.
    """
    store = store_of(context)
    names = chosen(store, sessions, last, since, everything or not (sessions or last or since))
    folder = folder_of(store, names[0])
    recorded: list[Session] = [(name, events(store, name, warned), folder_of(store, name)) for name in names]
    own = _own(folder)
    several = (recorded[names.index(name)] for name in watched_sessions(names))
    found = generated(several, lambda document: policy_of_value(document, folder), own)
    if not found.document:
        sys.stderr.write(report_text(found))
        raise NothingError(f"no call of {len(names)} session{'' if len(names) == 1 else 's'} can be learned from")
    if output:
        _write(os.path.abspath(output), document_text(found))
    if as_json:
        sys.stdout.write(dumps(as_data(found)) + "\n")
        return
    if not output:
        sys.stdout.write(document_text(found))
    sys.stderr.write(report_text(found))
    if output:
        sys.stderr.write(
            f"\n{output}: written. Read it, tighten it, `agent-strace policy check {output}`, then commit it.\n"
        )


def _own(folder: str) -> dict[str, Any]:
    """Return the project's policy as it is written, {} when it has none. Raises PolicyError for one that has no
    meaning.
    """
    path = f"{project_root(folder).rstrip('/')}/{POLICY_NAME}"
    text = Reader().read(path, must_exist=False)
    if text is None:
        return {}
    parse_document(text, path)
    value = parse_text(text, path)[0]
    return value if isinstance(value, dict) else {}


def _write(path: str, text: str) -> None:
    """Write a policy; what stood there before is kept under a name of its own."""
    if os.path.isfile(path):
        number = next(number for number in range(1, 10_000) if not os.path.lexists(f"{path}.{number}"))
        shutil.copy2(path, f"{path}.{number}")
        sys.stderr.write(f"the old policy is kept as {os.path.basename(path)}.{number}\n")
    write_text(path, text)
