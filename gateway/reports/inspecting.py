"""`inspect`: a full session as one JSON document, streamed."""

from __future__ import annotations

import json
import sys

import typer

from gateway.reports.arguments import SessionName, named, store_of, warned
from gateway.traces.reader import lines, meta, parsed


def command(context: typer.Context, session: SessionName = "") -> None:
    """Dump a full session as JSON."""
    store = store_of(context)
    name = named(context, session)
    write = sys.stdout.write
    write('{"meta": ' + json.dumps({"session_id": name, **meta(store, name)}, ensure_ascii=False) + ',\n "events": [')
    first = True
    for number, (_, line) in enumerate(lines(store, name), 1):
        if not line.strip():
            continue
        if parsed(line) is None:
            warned(f"{name}: line {number} is not an event and was skipped")
            continue
        write(("\n  " if first else ",\n  ") + line.decode("utf-8", "replace").strip())
        first = False
    write("\n ]}\n")
