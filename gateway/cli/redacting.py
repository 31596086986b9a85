"""`redact`: a recorded session cleaned again in place, by the detectors and the policy of today."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated, Any

import typer

from gateway.checkpoint import Checkpoint, Settings
from gateway.model.event import NOTE
from gateway.model.passage import Capabilities
from gateway.redaction.clean import Clean, cleaned_again
from gateway.reports.arguments import AsJson, SessionName, folder_of, named, print_json, store_of, warned
from gateway.traces.hash_chain import check_chain
from gateway.traces.reader import lines
from gateway.traces.rewriting import rewrite, value_of


def command(
    context: typer.Context,
    session: SessionName = "",
    mask: Annotated[bool, typer.Option("--mask", help="Mask personal data, too.")] = False,
    preview: Annotated[bool, typer.Option("--dry-run", help="Show what would be redacted; change nothing.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Rewrite the session even if its hash chain is broken.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Redact a recorded session again, in place: same events, same order, a new hash chain. Exits with 1 if the old
    chain did not hold.
    """
    store = store_of(context)
    name = named(context, session)
    whole, problem = check_chain(store, name)
    if not whole and not preview and not force:
        warned(f"{name}: {problem}; rewriting would hide that (--force does it)")
        raise typer.Exit(1)
    cleaning = _Cleaning(store, folder_of(store, name), mask=mask)
    changed = cleaning.previewed(name) if preview else rewrite(store, name, cleaning)
    if changed and not preview:
        cleaning.note(name, changed)
    told = {
        "session": name,
        "changed": changed,
        "removed": dict(sorted(cleaning.removed.items())),
        "missed": sorted(cleaning.missed),
    }
    if as_json:
        print_json(told | {"written": bool(changed) and not preview})
    else:
        sys.stdout.write(_text(told, preview=preview))


class _Cleaning:
    """Cleans one session's lines, and counts what it took out."""

    def __init__(self, store: str, folder: str, *, mask: bool) -> None:
        self.store, self.folder = store, folder
        self.checkpoint = Checkpoint(Settings(Capabilities(), trace_dir=store, mask=mask))
        self.removed: Counter[str] = Counter()
        self.missed: set[str] = set()

    def __call__(self, event: dict[str, Any]) -> Clean:
        cleaner = self.checkpoint.recording(self.store, self.folder)
        cleaner.thorough = True
        clean = cleaned_again(cleaner, event)
        self.removed.update(clean.removed)
        self.missed.update(clean.scan.get("missed", ()))
        return clean

    def previewed(self, session: str) -> int:
        """Return how many lines would differ."""
        return sum(
            bool(self(value_of(line.rstrip(b"\n"))).removed) for _, line in lines(self.store, session) if line.strip()
        )

    def note(self, session: str, changed: int) -> None:
        """Record that the session was rewritten: a chain made anew must not pass for the first one."""
        data = {"hook_event": "redacted", "lines": changed, "removed": dict(self.removed)}
        problem = self.checkpoint.note(NOTE, session, data, cwd=self.folder)
        if problem:
            warned(f"{session}: not noted that it was rewritten: {problem}")


def _text(told: dict[str, Any], *, preview: bool) -> str:
    if not told["changed"]:
        return f"{told['session']}: nothing to redact\n"
    kinds = "".join(f"  {count:>6}  {kind}\n" for kind, count in told["removed"].items())
    verb = "would change" if preview else "changed"
    missed = f"  not everything could be scanned ({', '.join(told['missed'])})\n" if told["missed"] else ""
    return f"{told['session']}: {told['changed']} lines {verb}\n{kinds}{missed}"
