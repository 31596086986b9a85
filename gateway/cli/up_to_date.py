"""Bringing a live session up to date before a report tells of it: its transcript is there, and has grown."""

from __future__ import annotations

import os
import sys
from itertools import islice

from gateway.checkpoint import Checkpoint, Settings
from gateway.doors.hook.late_completion import SWITCH
from gateway.doors.transcripts.background_completion import known, look, once
from gateway.host.claude_files import session_of
from gateway.model.errors import GatewayError
from gateway.model.event import SESSION_START
from gateway.model.passage import Capabilities
from gateway.traces.decode import parsed
from gateway.traces.ids import folder_name
from gateway.traces.reader import EVENTS, meta

SILENT_BYTES = 1 << 20
"""Largest transcript that is read without a word: a tenth of a second."""
_FIRST = 20
"""Lines in which a session says where its transcript is."""


def bring_up_to_date(store: str, session: str) -> None:
    """Complete a session that hooks recorded, if its transcript has grown; where that cannot be, say so and go on.

    A store that cannot be written, or `AGENT_TRACE_COMPLETE=off`, leaves the record as it is.
    """
    if os.environ.get(SWITCH) == "off" or not os.access(f"{store}/{session}", os.W_OK):
        return
    try:
        transcript = _transcript(store, session)
        if not transcript or look(transcript) == known(store, session):
            return
        if os.path.getsize(transcript) > SILENT_BYTES:
            sys.stderr.write(f"agent-strace: bringing `{session}` up to date from its transcript\n")
        once(Checkpoint(Settings(Capabilities(), trace_dir=store)), store, session_of(transcript), transcript)
    except (GatewayError, OSError) as error:
        sys.stderr.write(f"agent-strace: warning: the record is not up to date: {error}\n")


def _transcript(store: str, session: str) -> str:
    """Return where the client writes a live session down, "" where nothing says so, or it is gone."""
    if meta(store, session).get("imported_from"):
        return ""
    with open(f"{store}/{session}/{EVENTS}", "rb") as file:
        for line in islice(file, _FIRST):
            event = parsed(line)
            path = event.data.get("transcript_path") if event is not None and event.type == SESSION_START else None
            if isinstance(path, str) and path and folder_name(session_of(path)) == session and os.path.isfile(path):
                return path
    return ""
