"""A session as one page: its events, and those of the subagents it started, read once and written as they are read."""

from __future__ import annotations

import time
from typing import IO

from gateway import __version__
from gateway.analysis.columns import CALL_OUTCOMES, KINDS, VERDICTS, Columns
from gateway.analysis.event_text import SUBJECT_KEYS, TEXT_KEYS
from gateway.analysis.share_disclosure import Disclosure
from gateway.analysis.usage_timeline import Curve
from gateway.model.event import Event
from gateway.reports.html.compressed_data import Packer
from gateway.reports.html.export_events import Leaving, Warn
from gateway.reports.html.page import bundled, page_head, page_tail
from gateway.reports.session_cleaner import personal_finders
from gateway.traces.annotations import Annotation, annotated
from gateway.traces.decode import encoded
from gateway.traces.reader import meta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_WHO = ("os_user", "hostname")
_WHERE = ("agent_provider", "agent_version", "git_repo", "git_branch", "git_commit", "working_dir")


class SessionPage:
    """Builds the page of a session and of the sessions below it.

    store     where they are
    names     the session first, then those it started
    mask      personal data is taken out, and who ran it and where
    thorough  what the same detectors cleaned when it was recorded is looked at again
    """

    def __init__(self, store: str, names: list[str], *, mask: bool, warn: Warn, thorough: bool = False) -> None:
        self.store = store
        self.names = names
        self.disclosure = Disclosure(None if mask else personal_finders(store))
        self._leaving = Leaving(store, mask=mask, warn=warn, thorough=thorough)
        self._cleaner = self._leaving.cleaner
        self._mask = mask
        self._columns = Columns()
        self._curve = Curve()
        self._notes: list[JsonObject] = []
        self._revisions: dict[str, None] = {}
        self._sessions: list[JsonObject] = []

    def write(self, file: IO[bytes]) -> None:
        """Write the page, with what people noted of the session's events."""
        program, style = bundled("session.js"), bundled("style.css")
        file.write(page_head(f"{self.names[0]} · agent-strace", program, style).encode())
        packer = Packer(file)
        for name in self.names:
            self._session(name, packer)
        self._columns.settle()
        for column in (columns := self._columns.raw()):
            packer.add("columns", column[2])
        packer.add("paths", encoded(self._columns.paths.names))
        packer.close()
        about = encoded(self._about(columns, [*packer.layout]))
        last = Packer(file)
        last.add("about", about)
        last.close()
        file.write(page_tail(program).encode())

    def told(self) -> JsonObject:
        """Return what the page would give away."""
        attribution = self._attribution()
        names = [key for key in (*_WHO, *_WHERE) if attribution.get(key)]
        text = self.disclosure.told(self._cleaner.removed, len(self._columns.paths.names) - 1, names)
        return {
            "session": self.names[0],
            "events": len(self._columns),
            "sessions": len(self.names),
            "partly_looked_at": self._cleaner.partial,
            "cleaned_when_recorded": self._cleaner.trusted,
            **text,
        }

    def _session(self, name: str, packer: Packer) -> None:
        """Read one session's events into the page."""
        noted = meta(self.store, name)
        track = "" if name == self.names[0] else str(self._cleaner.value(noted.get("agent_name") or name[:16]))
        columns, first = self._columns, len(self._columns) + 1
        columns.begin()
        notes = annotated(self.store, name)
        places = dict.fromkeys((note.event_id for note in notes), 0)
        for number, event in enumerate(self._leaving.events(name)):
            self._judged(event)
            body, frame = columns.add(event, track, marked="redacted" in event.extra)
            packer.add("bodies", body)
            if frame:
                packer.add("frames", frame)
            self.disclosure.add(event, len(body))
            self._curve.add(first + number, event)
            if event.id in places:
                places[event.id] = first + number
        self._notes += [self._noted(note, places[note.event_id]) for note in notes]
        self._sessions.append(
            {
                "name": name,
                "track": track,
                "first": first,
                "events": len(columns) + 1 - first,
                "problem": self._leaving.problems[name],
            }
        )

    def _judged(self, event: Event) -> None:
        """Note which policy judged an event."""
        decision = event.data.get("decision")
        if isinstance(decision, dict) and isinstance(decision.get("revision"), str) and decision["revision"]:
            self._revisions[decision["revision"]] = None

    def _attribution(self) -> JsonObject:
        attribution = meta(self.store, self.names[0]).get("attribution")
        if not isinstance(attribution, dict):
            return {}
        return {
            key: value
            for key, value in attribution.items()
            if isinstance(value, str) and not (self._mask and key in _WHO)
        }

    def _noted(self, note: Annotation, place: int) -> JsonObject:
        words: JsonObject = self._cleaner.value({"label": note.label, "note": note.note})
        return {"id": note.annotation_id, "at": place, "bookmark": note.bookmark, **words}

    def _about(self, columns: list[tuple[str, str, bytes]], layout: list[tuple[str, int]]) -> JsonObject:
        noted = meta(self.store, self.names[0])
        who = {key: noted.get(key) or "" for key in ("agent_name", "command")}
        return {
            "version": __version__,
            "made": round(time.time()),
            "session": self.names[0],
            **{key: value if isinstance(value, str) else "" for key, value in self._cleaner.value(who).items()},
            "attribution": self._cleaner.value(self._attribution()),
            "events": len(self._columns),
            "sessions": self._sessions,
            "revisions": list(self._revisions),
            "types": self._columns.types.names,
            "tools": self._columns.tools.names,
            "tracks": self._columns.tracks.names,
            "verdicts": VERDICTS,
            "kinds": KINDS,
            "outcomes": CALL_OUTCOMES,
            "phases": self._columns.phases,
            "failed_phases": self._columns.failed,
            "curve": self._curve.points(),
            "unpriced": list(self._curve.unpriced),
            "notes": self._notes,
            "disclosure": self.told(),
            "subjects": SUBJECT_KEYS,
            "texts": TEXT_KEYS,
            "columns": [(name, code, len(data)) for name, code, data in columns],
            "packs": layout,
        }
