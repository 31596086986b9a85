"""`approve`: a person's answer to a call that could not be asked about where it was made: once, or as a change of
policy.
"""

from __future__ import annotations

import getpass
import sys
import time
from typing import Annotated, Any

import typer

from gateway.cli.approvals import told
from gateway.host import approvals
from gateway.host.terminal import answer, refusal
from gateway.model.errors import GatewayError
from gateway.traces.reader import meta


def command(
    name: Annotated[str, typer.Argument(metavar="ID", help="The call's id, or a unique prefix of it.")],
    remember: Annotated[
        bool,
        typer.Option("--remember", help="Change the policy so that it is not asked again; shows what that changes."),
    ] = False,
) -> None:
    """Approve a waiting call once. Needs a person's own terminal: an agent cannot approve its own calls."""
    now = time.time()
    asked = approvals.waiting(name, now)
    problem = refusal(_processes(asked))
    if problem:
        raise GatewayError(f"nobody here can answer for a person: {problem}", "run it in a terminal of your own")
    sys.stderr.write(told(asked))
    if remember:
        from gateway.authoring.remember_approval import remembered

        remembered(asked, answer)
    word = asked["name"][:4]
    if answer(f"Type {word} to allow this call once, anything else to leave it: ") != word:
        sys.stderr.write("Not allowed.\n")
        raise typer.Exit(1)
    approvals.grant(asked["name"], getpass.getuser(), now)
    sys.stderr.write(f"Allowed once, for {approvals.WAITING / 60:.0f} minutes: the agent may make the call again.\n")


def _processes(asked: dict[str, Any]) -> list[dict[str, object]]:
    """Return the processes that the asking session's record names, the agent first."""
    store, session = asked.get("store"), asked.get("session")
    if not isinstance(store, str) or not isinstance(session, str):
        return []
    from gateway.traces.ids import folder_name

    attribution = meta(store, folder_name(session)).get("attribution")
    processes = attribution.get("process_ancestry") if isinstance(attribution, dict) else None
    return [process for process in processes if isinstance(process, dict)] if isinstance(processes, list) else []
