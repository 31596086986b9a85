"""The arguments that reports share: which session, which form."""

from __future__ import annotations

import json
import os
import sys
from typing import Annotated, Any

import typer

from gateway.model.event import Event
from gateway.traces.reader import events, meta, resolve

SessionName = Annotated[str, typer.Argument(help="A session: any unique prefix, or `latest`.", metavar="[SESSION]")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def store_of(context: typer.Context) -> str:
    """Return the store that the command line names."""
    return str(context.obj.trace_dir)


def named(context: typer.Context, session: str) -> str:
    """Return the session that an argument names. Raises NothingError."""
    return resolve(store_of(context), session)


def warned(text: str) -> None:
    """Tell a person of something that was skipped."""
    sys.stderr.write(f"agent-strace: warning: {text}\n")


def loaded(context: typer.Context, session: str) -> list[Event]:
    """Return all events of a session in order."""
    return list(events(store_of(context), session, warned))


def folder_of(store: str, session: str) -> str:
    """Return the folder that a session worked in; where it was not noted, the one that holds the store."""
    attribution = meta(store, session).get("attribution")
    folder = attribution.get("working_dir") if isinstance(attribution, dict) else None
    return folder.rstrip("/") or "/" if isinstance(folder, str) and folder.startswith("/") else os.path.dirname(store.rstrip("/")) or "/"


def print_json(value: Any) -> None:
    """Print one JSON document."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
