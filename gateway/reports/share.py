"""`share`: a session as one HTML file that stands by itself; what it gives away is told before it is written."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from typing import Annotated

import typer

from gateway.analysis.subagents import descendants
from gateway.host.writing import whole_file
from gateway.model.errors import GatewayError
from gateway.reports.arguments import AsJson, SessionName, named, print_json, printable, store_of, warned
from gateway.reports.html.session_page import SessionPage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


def command(
    context: typer.Context,
    session: SessionName = "",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write it; `-` is stdout.")
    ] = "",
    redact: Annotated[
        bool, typer.Option("--redact", help="Scan again even what the current detectors redacted when it was recorded.")
    ] = False,
    mask: Annotated[
        bool, typer.Option("--mask", help="Mask personal data, and remove who ran it on which machine.")
    ] = False,
    alone: Annotated[bool, typer.Option("--no-subagents", help="Leave out the sessions of subagents.")] = False,
    preview: Annotated[
        bool, typer.Option("--dry-run", help="Show what the file would disclose; write nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before writing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a session as one self-contained HTML file."""
    store = store_of(context)
    name = named(context, session)
    names = [name] if alone else descendants(store, name)
    page = SessionPage(store, names, mask=mask, warn=warned, thorough=redact)
    target = output or f"{name}.html"
    folder = os.path.dirname(target)
    if folder and not os.path.isdir(folder):
        raise GatewayError(f"no such folder `{folder}/`", "make it, or name another file with --output")
    with tempfile.TemporaryFile() if target == "-" else whole_file(target) as file:
        page.write(file)
        text = page.told() | {"bytes": file.tell(), "file": None if preview else target}
        _tell(text, mask, as_json=as_json)
        if preview or not (yes or _agreed(as_json)):
            raise typer.Exit(0 if preview else 1)
        if target == "-":
            file.seek(0)
            shutil.copyfileobj(file, sys.stdout.buffer)
    if target != "-":
        sys.stderr.write(f"wrote {printable(target)}\n")


def _agreed(as_json: bool) -> bool:
    """Whether the person at the terminal wants it written; where nobody sits, the command line has said so."""
    if as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    return typer.confirm("Write it?", default=True, err=True)


def _tell(told: JsonObject, mask: bool, *, as_json: bool) -> None:
    if as_json and told["file"] != "-":
        print_json(told)
        return
    sys.stderr.write("\n".join(preview_lines(told, mask)) + "\n")


def preview_lines(told: JsonObject, mask: bool) -> list[str]:
    """Return the preview for a person: what was taken out, and what is left."""
    lines = [f"Session {told['session'][:36]}: {told['events']:,} events, {told['bytes'] / 1e6:,.1f} MB"]
    for label, key in (("Taken out when it was recorded", "removed_when_recorded"), ("Taken out now", "removed_now")):
        lines.append(f"  {label}: {_counts(told[key])}")
    if told["cleaned_when_recorded"]:
        lines.append(
            f"  {told['cleaned_when_recorded']:,} events were cleaned by these detectors when recorded; --redact looks at them again"
        )
    left = ", ".join(
        f"{item['events']:,} {word} ({item['bytes'] / 1e3:,.0f} kB)" for word, item in told["left"].items()
    )
    lines.append(f"  Left in it: {left or 'nothing'}")
    lines.append(
        f"  It names {told['files_named']:,} files and {told['hosts_named']:,} hosts, and tells {', '.join(told['identity']) or 'nobody'}"
    )
    if told["partly_looked_at"]:
        lines.append(
            f"  {told['partly_looked_at']:,} events were too much to be looked at whole; what was not looked at was left out"
        )
    if not mask:
        lines.append(f"  Personal data left in it: {_personal(told)}; --mask takes it out, and who ran it where")
    return lines


def _personal(told: JsonObject) -> str:
    left = told["personal_data_left"]
    cut = f" in its first {left['events']:,} events" if left["events"] < told["events"] else ""
    return _counts(left["kinds"]) + (f"{cut}, the rest was not counted" if cut else "")


def _counts(removed: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in removed.items()) or "nothing"
