"""`explain`: a session in plain English: phases, retries, wasted time, files."""

from __future__ import annotations

import sys
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO

import typer

from gateway.analysis.call_outcomes import WORDS
from gateway.analysis.event_text import length, minutes_of, one_line
from gateway.analysis.phases import Deed, Phase, phases_of
from gateway.reports.arguments import AsJson, SessionName, folder_of, json_text, named, store_of, warned
from gateway.traces.reader import story_events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 20
"""Most paths and, three times as many, most lines that the text shows of one phase."""
_IN_MEMORY = 4 * 1024 * 1024


class Totals:
    """What the phases come to together."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.events = 0
        self.retries = 0
        self.wasted = 0.0
        self.blocked = 0
        self.read: dict[str, None] = {}
        self.written: dict[str, None] = {}

    def add(self, phase: Phase) -> None:
        """Take one phase in."""
        self.seconds = max(self.seconds, phase.end)
        self.events += phase.events
        self.retries += phase.retries
        self.wasted += phase.wasted
        self.blocked += phase.blocked
        self.read.update(phase.read)
        self.written.update(phase.written)


def command(context: typer.Context, session: SessionName = "", as_json: AsJson = False) -> None:
    """Explain a session in plain English."""
    store = store_of(context)
    name = named(context, session)
    folder = folder_of(store, name)
    totals = Totals()
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as body:
        for phase in phases_of(story_events(store, name, warned)):
            totals.add(phase)
            if as_json:
                body.write((",\n  " if phase.number > 1 else "") + json_text(data_of(phase)))
            else:
                body.write("\n".join(_lines(phase, folder)) + "\n")
        body.seek(0)
        if as_json:
            _print_json(name, totals, body)
        else:
            _print(name, totals, body)


def _print(name: str, totals: Totals, body: IO[str]) -> None:
    sys.stdout.write(f"Session: {name[:36]} ({length(totals.seconds)}, {totals.events} events)\n\n")
    _copy(body)
    sys.stdout.write(f"Files touched: {len(totals.read)} read, {len(totals.written)} written\n")
    if totals.retries or totals.wasted:
        share = f", {totals.wasted / totals.seconds:.0%} of session" if totals.seconds else ""
        sys.stdout.write(f"Retries: {totals.retries} (wasted {length(totals.wasted)}{share})\n")
    if totals.blocked:
        sys.stdout.write(f"Blocked: {totals.blocked}\n")


def _print_json(name: str, totals: Totals, body: IO[str]) -> None:
    head: JsonObject = {
        "session": name,
        "seconds": round(totals.seconds, 3),
        "events": totals.events,
        "retries": totals.retries,
        "wasted_seconds": round(totals.wasted, 3),
        "blocked": totals.blocked,
        "files_read": list(totals.read),
        "files_written": list(totals.written),
    }
    sys.stdout.write(json_text(head, 2).removesuffix("\n}") + ',\n "phases": [\n  ')
    _copy(body)
    sys.stdout.write("\n ]\n}\n")


def _copy(body: IO[str]) -> None:
    while block := body.read(1 << 20):
        sys.stdout.write(block)


def data_of(phase: Phase) -> JsonObject:
    """Return a phase as JSON data."""
    return {
        "number": phase.number,
        "label": phase.label,
        "failed": phase.failed,
        "start": round(phase.start, 3),
        "end": round(phase.end, 3),
        "first_event": phase.first,
        "events": phase.events,
        "calls": phase.calls,
        "errors": phase.errors,
        "retries": phase.retries,
        "wasted_seconds": round(phase.wasted, 3),
        "deeds": [
            {
                "event": deed.number,
                "tool": deed.tool,
                "subject": deed.text,
                "outcome": deed.outcome,
                "failed": deed.failed,
                "retry": deed.retry,
                "seconds": round(deed.took, 3),
            }
            for deed in phase.deeds
        ],
    }


def _lines(phase: Phase, folder: str) -> list[str]:
    failed = " — FAILED" if phase.failed else ""
    span = f"{minutes_of(phase.start)}–{minutes_of(phase.end)}"
    head = f"Phase {phase.number}: {phase.label}{failed} ({span}, {phase.events} events)"
    return [head, *(f"  {line}" for line in _deeds(phase, folder)), ""]


def _deeds(phase: Phase, folder: str) -> list[str]:
    lines = []
    inside = folder + "/"
    for label, paths in (("Searched", phase.searched), ("Read", phase.read), ("Wrote", phase.written)):
        if paths:
            shown = ", ".join([path.removeprefix(inside) for path in islice(paths, SHOWN)])
            more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
            lines.append(f"{label}: {shown}{more}")
    deeds = [_told(deed) for deed in phase.deeds if deed.kind == "run" or not deed.kind or not deed.happened]
    most = 3 * SHOWN
    hidden = len(deeds) - most + phase.calls - len(phase.deeds)
    return lines + (deeds if hidden <= 0 else [*deeds[:most], f"… and {hidden} more"])


def _told(deed: Deed) -> str:
    mark = " ← retry" if deed.retry else ""
    if not deed.happened:
        return f"Not done: {one_line(deed.tool, 80)} {deed.text}".rstrip() + f" ({WORDS[deed.outcome]}){mark}"
    if deed.kind == "run":
        return f"Ran: {deed.text}{mark}"
    return f"Used: {one_line(deed.tool, 80)} {deed.text}".rstrip() + mark
