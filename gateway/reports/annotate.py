"""`annotate`: notes, labels and bookmarks on the events of a session."""

from __future__ import annotations

import os
import sys
import time
from typing import Annotated

import typer

from gateway.analysis.event_text import clock, one_line
from gateway.analysis.session_clock import Clock
from gateway.host.store_key import store_key
from gateway.model.errors import NothingError
from gateway.model.event import Event
from gateway.redaction.redact import Cleaner
from gateway.reports.arguments import AsJson, named, print_json, store_of, warned
from gateway.reports.list import moment
from gateway.reports.why import told
from gateway.traces.annotations import Annotation, add_annotation, annotated, remove_annotation
from gateway.traces.reader import numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


def command(
    context: typer.Context,
    target: Annotated[
        list[str] | None,
        typer.Argument(help="A session (default: latest) and an event's number or id.", metavar="[SESSION] [EVENT]"),
    ] = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="The text of the note.")] = "",
    label: Annotated[
        str, typer.Option("--label", metavar="WORD", help="A label to filter by: pass, fail, regression, root-cause, …")
    ] = "",
    bookmark: Annotated[bool, typer.Option("--bookmark", help="Bookmark the event in shared reports.")] = False,
    author: Annotated[
        str, typer.Option("--author", metavar="NAME", help="Author of the annotation; default: the current user.")
    ] = "",
    show: Annotated[bool, typer.Option("--list", help="List the annotations of the session.")] = False,
    delete: Annotated[str, typer.Option("--delete", metavar="ID", help="Remove an annotation.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add notes, labels or bookmarks to events; list and remove them."""
    store = store_of(context)
    adds = bool(note or label or bookmark)
    if adds + show + bool(delete) != 1:
        raise typer.BadParameter("expected one of --note, --label or --bookmark; --list; --delete ID")
    session, event = _target(target or [], needs_event=adds)
    name = named(context, session)
    if delete:
        _delete(store, name, delete, as_json)
    elif show:
        _list(store, name, event, as_json)
    else:
        cleaner = Cleaner(store_key(store))
        words = Annotation(
            "",
            name,
            "",
            label=cleaner.text(label),
            note=cleaner.text(note),
            bookmark=bookmark,
            author=author or _user(),
        )
        _add(store, words, event, as_json)


def _target(words: list[str], *, needs_event: bool) -> tuple[str, str]:
    """Return (session, event) of the arguments; one alone is the event where one is needed, else the session."""
    if len(words) > 2 or (needs_event and not words):
        raise typer.BadParameter("expected a session and an event")
    if len(words) == 2:
        return words[0], words[1]
    word = words[0] if words else ""
    return ("", word) if needs_event else (word, "")


def _user() -> str:
    return os.environ.get("USER") or os.environ.get("LOGNAME") or str(os.getuid())


def _add(store: str, words: Annotation, wanted: str, as_json: bool) -> None:
    number, event, at = _found(store, words.session_id, wanted)
    annotation = Annotation(
        os.urandom(6).hex(),
        words.session_id,
        event.id,
        round(at, 6),
        label=words.label,
        note=words.note,
        bookmark=words.bookmark,
        author=words.author,
        created_at=round(time.time(), 3),
    )
    add_annotation(store, annotation)
    if as_json:
        print_json(_data(annotation, number))
    else:
        sys.stdout.write(f"Annotation {annotation.annotation_id} added to event #{number} of {words.session_id[:36]}\n")


def _found(store: str, session: str, wanted: str) -> tuple[int, Event, float]:
    """Return (number, event, seconds since the session began) of an event. Raises NothingError."""
    text = wanted.removeprefix("#")
    own = Clock()
    count = 0
    for number, event in numbered(store, session, warned):
        count, at = number, own.at(event.timestamp)
        if (text.isdecimal() and number == int(text)) or (not text.isdecimal() and text and event.id.startswith(text)):
            return number, event, at
    raise NothingError(f"no event `{wanted}`; the session has {count}", "`agent-strace replay` shows their numbers")


def _delete(store: str, name: str, wanted: str, as_json: bool) -> None:
    gone = remove_annotation(store, name, wanted)
    if gone is None:
        raise NothingError(f"no annotation `{wanted}` on `{name}`", "`--list` shows them")
    if as_json:
        print_json({"deleted": gone.annotation_id})
    else:
        sys.stdout.write(f"Annotation {gone.annotation_id} removed\n")


def _list(store: str, name: str, wanted: str, as_json: bool) -> None:
    noted = annotated(store, name)
    events = _numbers(store, name, {item.event_id for item in noted})
    if wanted:
        number = _found(store, name, wanted)[0]
        noted = [item for item in noted if events.get(item.event_id, (0, ""))[0] == number]
    noted.sort(key=lambda item: (events.get(item.event_id, (0, ""))[0], item.created_at))
    if as_json:
        print_json(
            {"session": name, "annotations": [_data(item, events.get(item.event_id, (0, ""))[0]) for item in noted]}
        )
        return
    if not noted:
        sys.stdout.write(f"Nothing was noted on {name[:36]}.\n")
    for item in noted:
        number, event_told = events.get(item.event_id, (0, "an event that is not there (any more)"))
        sys.stdout.write("".join(line + "\n" for line in _lines(item, number, event_told)))


def _numbers(store: str, name: str, wanted: set[str]) -> dict[str, tuple[int, str]]:
    """Return (number, in words) of events by their ids."""
    if not wanted:
        return {}
    return {event.id: (number, told(event)) for number, event in numbered(store, name) if event.id in wanted}


def _lines(annotation: Annotation, number: int, event: str) -> list[str]:
    mark = "🔖 " if annotation.bookmark else ""
    label = f"[{one_line(annotation.label, 40)}] " if annotation.label else ""
    note = f"“{one_line(annotation.note, 400)}” " if annotation.note else ""
    who = f"{one_line(annotation.author, 40) or 'somebody'}, {moment(annotation.created_at)}"
    place = f"#{number:<5}" if number else "#?    "
    return [
        f"{place}+{clock(annotation.offset_seconds):>9}  {event}",
        f"       {mark}{label}{note}({who}; {one_line(annotation.annotation_id, 40)})",
    ]


def _data(annotation: Annotation, number: int) -> JsonObject:
    return {
        "annotation_id": annotation.annotation_id,
        "event": number or None,
        "event_id": annotation.event_id,
        "offset_seconds": annotation.offset_seconds,
        "label": annotation.label,
        "note": annotation.note,
        "bookmark": annotation.bookmark,
        "author": annotation.author,
        "created_at": annotation.created_at,
    }
