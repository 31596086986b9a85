"""`import`: sessions from the files that agents keep themselves, judged under today's policy."""

from __future__ import annotations

import os
import sys
import time
from typing import Annotated, Any

import typer

from gateway.analysis.event_text import one_line
from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.transcripts import FORMATS
from gateway.doors.transcripts.import_file import COMPLETED, LIVE, NEW, UNCHANGED, Entered, discovered, enter_file
from gateway.doors.transcripts.session import Found
from gateway.host.output import redraw
from gateway.model.errors import NothingError
from gateway.model.json_text import dumps
from gateway.model.passage import Capabilities


def command(
    context: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(help="Session files of a coding agent.", metavar="[FILE]...")
    ] = None,
    discover: Annotated[
        bool, typer.Option("--discover", help="List the sessions that can be imported; import nothing.")
    ] = False,
    wanted: Annotated[
        str, typer.Option("--format", metavar="NAME", help=f"{', '.join(FORMATS)}; told from the file when left out.")
    ] = "",
    policy: Annotated[
        str, typer.Option("--policy", metavar="FILE", help="Judge by this policy instead of the project's.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Import finished sessions; each call is recorded with what today's policy would have said of it."""
    if wanted and wanted not in FORMATS:
        raise typer.BadParameter(f"unknown format `{wanted}`; known: {', '.join(FORMATS)}", param_hint="--format")
    if discover:
        _show_found(list(discovered()), as_json)
        return
    if not files:
        raise typer.BadParameter("name a session file, or list them with --discover", param_hint="FILE")
    store = str(context.obj.trace_dir)
    door = Capabilities(asks=True, rewrites_arguments=True, rewrites_results=True)
    checkpoint = Checkpoint(Settings(door, trace_dir=store, policy_file=os.path.abspath(policy) if policy else ""))
    entered = [
        item for path in files for item in enter_file(checkpoint, store, os.path.abspath(path), wanted, told=_progress)
    ]
    if as_json:
        sys.stdout.write(dumps({"sessions": [_data(item) for item in entered]}) + "\n")
    else:
        sys.stdout.writelines(line + "\n" for item in entered for line in _lines(item))
        sys.stdout.write(f"\nReplay with: agent-strace replay {entered[0].session}\n")


def _progress(session: str, events: int) -> None:
    """Tell a person at a terminal how far an import is."""
    if sys.stderr.isatty():
        redraw(f"{session}: {events:,} events" if events else "")


def _show_found(found: list[Found], as_json: bool) -> None:
    if not found and not as_json:
        raise NothingError("no sessions of a known agent were found", "known: " + ", ".join(FORMATS))
    ordered = sorted(found, key=lambda item: -item.modified)
    if as_json:
        rows = [
            {
                "agent": item.agent,
                "session": item.session,
                "path": item.path,
                "cwd": item.cwd,
                "bytes": item.size,
                "modified": item.modified,
            }
            for item in ordered
        ]
        sys.stdout.write(dumps({"sessions": rows}) + "\n")
        return
    for item in ordered:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(item.modified))
        sys.stdout.write(
            f"{when}  {item.agent:11}  {item.size / 1024:8.0f} kB  {one_line(item.session)}  {one_line(item.cwd)}\n    {one_line(item.path, 500)}\n"
        )


def _found_data(call: Found) -> dict[str, Any]:
    return {
        "agent": call.agent,
        "session": call.session,
        "path": call.path,
        "cwd": call.cwd,
        "bytes": call.size,
        "modified": call.modified,
    }


def _data(entered: Entered) -> dict[str, Any]:
    return {
        "session": entered.session,
        "agent": entered.agent,
        "source": entered.path,
        "parent_session": entered.parent or None,
        "status": entered.status,
        "events_added": entered.added,
        "would_have": {effect: entered.would.get(effect, 0) for effect in ("allow", "ask", "deny")},
        "caught": [{"effect": effect, "tool": tool, "reason": reason} for effect, tool, reason in entered.caught],
    }


_MORE = {NEW: "", COMPLETED: " that the hooks do not carry"}
"""What is said of events by what became of their session."""


def _lines(entered: Entered) -> list[str]:
    start = f"{'  ' if entered.parent else ''}{entered.session} ({entered.agent}): "
    if entered.status == LIVE:
        return [f"{start}was recorded while it happened, and the record lacks nothing"]
    if entered.status == UNCHANGED:
        return [f"{start}is imported already"]
    calls = sum(entered.would.values())
    lines = [f"{start}{entered.added} events{_MORE.get(entered.status, ' more')}, {calls} calls"]
    caught = [
        f"{word} {entered.would[effect]}"
        for effect, word in (("deny", "denied"), ("ask", "asked about"))
        if entered.would[effect]
    ]
    if caught:
        lines.append(f"  Today's policy would have {' and '.join(caught)}:")
        lines += [
            f"    {'⛔' if effect == 'deny' else '❓'} {one_line(tool, 60)}: {one_line(reason)}"
            for effect, tool, reason in entered.caught
        ]
    return lines
