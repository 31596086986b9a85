"""The arguments that reports share: which session, which form."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Annotated, Any

import typer

from gateway.host.output import redraw
from gateway.traces.decode import path_text
from gateway.traces.reader import meta, resolve

SessionName = Annotated[str, typer.Argument(help="A session: any unique prefix, or `latest`.", metavar="[SESSION]")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


def store_of(context: typer.Context) -> str:
    """Return the store that the command line names."""
    return str(context.obj.trace_dir)


def named(context: typer.Context, session: str) -> str:
    """Return the session that an argument names, brought up to date. Raises NothingError."""
    name = resolve(store_of(context), session)
    context.obj.bring_up_to_date(name)
    return name


def warned(text: str) -> None:
    """Tell a person of something that was skipped."""
    sys.stderr.write(f"agent-strace: warning: {text}\n")


def folder_of(store: str, session: str) -> str:
    """Return the folder that a session worked in; where it was not noted, the one that holds the store."""
    attribution = meta(store, session).get("attribution")
    folder = attribution.get("working_dir") if isinstance(attribution, dict) else None
    return (
        path_text(folder).rstrip("/") or "/"
        if isinstance(folder, str) and folder.startswith("/")
        else os.path.dirname(store.rstrip("/")) or "/"
    )


def json_text(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON; characters that steer a terminal or reorder its text are escaped."""
    return printable(json.dumps(value, indent=indent, ensure_ascii=False))


def printable(text: str) -> str:
    """Return JSON text with the characters escaped that a terminal would obey; those below a blank JSON escapes by
    itself.
    """
    return (
        text
        if text.isascii() and "\x7f" not in text
        else _STEERING.sub(lambda item: f"\\u{ord(item.group()):04x}", text)
    )


_STEERING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def print_json(value: Any) -> None:
    """Print one JSON document."""
    sys.stdout.write(json_text(value, indent=2) + "\n")


def told_progress(done: int, of: int) -> None:
    """Tell a person at a terminal how far the reading of a store is."""
    if sys.stderr.isatty() and of > 50:
        redraw(f"reading {done + 1} of {of} sessions" if done < of - 1 else "")
