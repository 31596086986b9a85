"""Keeping the record of a live session complete: one process at a time, and none where nothing is new."""

from __future__ import annotations

import fcntl
import os
import time

from gateway.checkpoint import Checkpoint
from gateway.doors.transcripts.completion import complete
from gateway.doors.transcripts.import_file import alone, recorded_live
from gateway.host.claude_files import session_of, subagent_transcripts
from gateway.host.store_key import store_key
from gateway.model.digest import hex_digest
from gateway.traces.cache import read_cache, write_cache
from gateway.traces.ids import folder_name

WAITING = ".completing"
"""The file that the one process locks which waits for its turn; it will see all that there is to see."""
CACHE = ".completed"
"""What the transcripts looked like when nothing was missing: beside the events, and never missed when it is gone."""
TAIL_SECONDS = 2.0
"""How long a transcript must be still before its session is complete: clients write it after they call the hook."""
TURNS = 5
"""Most times that one process looks again."""


def keep_up(checkpoint: Checkpoint, store: str, session: str, transcript: str) -> None:
    """Complete a session from its transcript until both are at rest. Raises GatewayError, OSError.

    A transcript of another name is none of this session's; one of no live session is for `import`.
    """
    if session_of(transcript) != session or not recorded_live(store, folder_name(session)):
        return
    for _ in range(TURNS):
        if not once(checkpoint, store, session, transcript):
            return
        time.sleep(TAIL_SECONDS)
        if look(transcript) == known(store, session):
            return


def once(checkpoint: Checkpoint, store: str, session: str, transcript: str) -> bool:
    """Complete a session one time; return whether that was this process's to do. Raises GatewayError, OSError."""
    folder = folder_name(session)
    fd = os.open(f"{store}/{folder}/{WAITING}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        return False
    try:
        with alone(store, folder):
            fcntl.flock(fd, fcntl.LOCK_UN)  # from here on another one may wait, for what comes now
            looked = look(transcript)
            if looked != known(store, session) and not complete(checkpoint, store, transcript, lambda *_: None):
                write_cache(f"{store}/{folder}/{CACHE}", store_key(store), looked)
    finally:
        os.close(fd)
    return True


def known(store: str, session: str) -> bytes | None:
    """Return what the transcripts looked like when nothing was missing, None when that was never so."""
    return read_cache(f"{store}/{folder_name(session)}/{CACHE}", store_key(store))


def look(transcript: str) -> bytes:
    """Return what a session's transcripts look like."""
    marks = []
    for path in (transcript, *subagent_transcripts(transcript)):
        try:
            seen = os.stat(path)
        except OSError:
            continue
        marks.append(f"{path}\0{seen.st_ino}\0{seen.st_size}\0{seen.st_mtime_ns}")
    return hex_digest(*marks).encode()
