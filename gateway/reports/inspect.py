"""`inspect`: a full session as one JSON document, streamed: what stands in the record, as it stands there."""

from __future__ import annotations

import sys

import typer

from gateway.reports.arguments import SessionName, json_text, named, printable, store_of, warned
from gateway.traces.decode import head
from gateway.traces.reader import lines, meta, skipped

BATCH = 65_536
"""Bytes of lines that are written at once."""


def command(context: typer.Context, session: SessionName = "") -> None:
    """Print a whole session as JSON."""
    store = store_of(context)
    name = named(context, session)
    write = sys.stdout.write
    write('{"session": ' + json_text({"session_id": name, **meta(store, name)}) + ',\n "events": [')
    first = True
    held: list[str] = []
    size = 0
    for number, (_, line) in enumerate(lines(store, name), 1):
        if head(line) is not None:
            held.append(("\n  " if first else ",\n  ") + printable(line.decode("utf-8", "replace").strip()))
            first = False
            size += len(line)
            if size > BATCH:
                write("".join(held))
                held, size = [], 0
        elif not line.isspace():
            warned(skipped(name, number, line))
    write("".join(held) + "\n ]}\n")
