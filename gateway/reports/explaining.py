"""`explain`: a session in plain English: phases, retries, wasted time, files."""

from __future__ import annotations

import sys
from typing import Any

import typer

from gateway.analysis.phases import Phase, phases_of
from gateway.analysis.summary import Fold, Summary
from gateway.analysis.words import length, minutes_of, tool_of
from gateway.reports.arguments import AsJson, SessionName, named, print_json, store_of, warned
from gateway.traces.reader import lean_events

SHOWN = 20


def command(context: typer.Context, session: SessionName = "", as_json: AsJson = False) -> None:
    """Explain a session in plain English."""
    store = store_of(context)
    name = named(context, session)
    fold = Fold()

    def watched() -> Any:
        for event in lean_events(store, name, warned):
            fold.add(event)
            yield event

    phases = phases_of(watched())
    summary = fold.done()
    data = _data(name, phases, summary)
    if as_json:
        print_json(data)
    else:
        sys.stdout.write(_text(data, phases, summary))


def _wasted(phases: list[Phase]) -> tuple[int, float]:
    """Return (retries, seconds spent on tries that failed and were tried again)."""
    retries = sum(deed.retry for phase in phases for deed in phase.deeds)
    wasted = sum(phase.end - phase.start for phase in phases if phase.failed)
    wasted += sum(deed.took for phase in phases if not phase.failed for deed in phase.deeds if deed.failed)
    return retries, wasted


def _data(name: str, phases: list[Phase], summary: Summary) -> dict[str, Any]:
    retries, wasted = _wasted(phases)
    return {
        "session": name,
        "seconds": round(summary.seconds, 3),
        "events": summary.events,
        "phases": [
            {
                "label": phase.label,
                "failed": phase.failed,
                "start": round(phase.start, 3),
                "end": round(phase.end, 3),
                "events": phase.events,
                "deeds": [
                    {"event": deed.number, "tool": tool_of(deed.event), "subject": deed.text, "failed": deed.failed, "retry": deed.retry}
                    for deed in phase.deeds
                ],
            }
            for phase in phases
        ],
        "files_read": list(summary.read),
        "files_written": list(summary.written),
        "retries": retries,
        "wasted_seconds": round(wasted, 3),
        "blocked": summary.verdicts.get("deny", 0),
    }


def _text(data: dict[str, Any], phases: list[Phase], summary: Summary) -> str:
    lines = [f"Session: {data['session'][:36]} ({length(summary.seconds)}, {summary.events} events)", ""]
    for number, phase in enumerate(phases, 1):
        failed = " — FAILED" if phase.failed else ""
        lines.append(f"Phase {number}: {phase.label}{failed} ({minutes_of(phase.start)}–{minutes_of(phase.end)}, {phase.events} events)")
        lines += [f"  {line}" for line in _deeds(phase)]
        lines.append("")
    lines.append(f"Files touched: {len(summary.read)} read, {len(summary.written)} written")
    if data["retries"]:
        share = f", {data['wasted_seconds'] / summary.seconds:.0%} of session" if summary.seconds else ""
        lines.append(f"Retries: {data['retries']} (wasted {length(data['wasted_seconds'])}{share})")
    if data["blocked"]:
        lines.append(f"Blocked: {data['blocked']}")
    return "\n".join(lines) + "\n"


def _deeds(phase: Phase) -> list[str]:
    reads = list(dict.fromkeys(deed.text for deed in phase.deeds if deed.kind == "read" and deed.text))
    writes = list(dict.fromkeys(deed.text for deed in phase.deeds if deed.kind == "write" and deed.text))
    lines = []
    for label, paths in (("Read", reads), ("Wrote", writes)):
        if paths:
            more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
            lines.append(f"{label}: {', '.join(paths[:SHOWN])}{more}")
    for deed in phase.deeds:
        if deed.kind == "run":
            lines.append(f"Ran: {deed.text}{' ← retry' if deed.retry else ''}")
        elif not deed.kind:
            lines.append(f"Used: {tool_of(deed.event)} {deed.text}".rstrip())
    return lines if len(lines) <= 3 * SHOWN else [*lines[: 3 * SHOWN], f"… and {len(lines) - 3 * SHOWN} more"]
