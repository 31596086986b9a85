"""Letting a finished session in: through the checkpoint, each entry once, however often its file is imported."""

from __future__ import annotations

import fcntl
import importlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from gateway.checkpoint import Checkpoint
from gateway.doors.transcripts import FORMATS, completion
from gateway.doors.transcripts.session import Called, Finished, Found, Returned
from gateway.model.effects import ALLOW, EFFECTS
from gateway.model.errors import NothingError, ProtocolError, TraceError
from gateway.traces.decode import head
from gateway.traces.ids import event_id, folder_name
from gateway.traces.reader import EVENTS, lines, meta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.call import ToolCall
    from gateway.model.decision import Decision
    from gateway.model.json_text import JsonObject

HEAD = 65_536
NEW, GROWN, UNCHANGED = "imported", "grown", "unchanged"
LIVE, COMPLETED = "recorded live", "completed"
SHOWN = 20
"""Most calls that are named one by one."""
LOCK = ".import"
"""The file that an import of a session locks."""
WAIT_SECONDS = 600.0
"""Longest wait for another import of the same session."""
STEP = 200
"""Events after which it is told how far an import is."""

Told = Callable[[str, int], None]
"""Hears of (session, events that were added so far; 0 when it is through)."""


def _unheard(session: str, events: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Entered:
    """What became of one session.

    status  NEW, GROWN (it was there and went on), UNCHANGED, LIVE (it was recorded while it happened, and nothing is
            missing) or COMPLETED (it was, and got what was missing)
    added   events that were not there yet
    would   effect that today's policy would have had -> calls
    caught  the first calls that it would not have let through: (effect, tool, reason)
    """

    session: str
    agent: str
    path: str
    parent: str
    status: str
    added: int = 0
    would: Counter[str] = field(default_factory=Counter)
    caught: list[tuple[str, str, str]] = field(default_factory=list)


def format_of(path: str, wanted: str = "") -> Any:
    """Return the module that reads a file: the one that was asked for, or the one that recognises it. Raises
    ProtocolError, OSError.
    """
    with open(path, "rb") as file:
        start = file.read(HEAD)
    for name, module in FORMATS.items():
        reader = importlib.import_module(f"gateway.doors.transcripts.{module}")
        if name == wanted or (not wanted and reader.recognises(path, start)):
            return reader
    raise ProtocolError(
        f"`{path}` is no session file that is known", f"known: {', '.join(FORMATS)}; say which with --format"
    )


def discovered() -> Iterator[Found]:
    """Yield every session file of this user that is found in the agents' own places."""
    for module in FORMATS.values():
        yield from importlib.import_module(f"gateway.doors.transcripts.{module}").discover()


def enter_file(
    checkpoint: Checkpoint, store: str, path: str, wanted: str = "", *, told: Told = _unheard
) -> Iterator[Entered]:
    """Let in the sessions of a file and yield what became of each; `told` hears how far it is. Raises GatewayError,
    OSError.
    """
    entered = False
    for finished in format_of(path, wanted).sessions_in(path):
        entered = True
        if completion.completes(finished) and recorded_live(store, folder_name(finished.session)):
            yield completed(checkpoint, store, finished, told=told)
            return  # its subagents are in its own file
        yield enter(checkpoint, store, finished, told=told)
    if not entered:
        raise NothingError(f"`{path}` holds no session")


def enter(checkpoint: Checkpoint, store: str, finished: Finished, *, told: Told = _unheard) -> Entered:
    """Let in one session; what is recorded already is left as it is. Raises PolicyError, TraceError."""
    session = folder_name(finished.session)
    with alone(store, session):
        return _entered(checkpoint, store, session, finished, told)


def recorded_live(store: str, session: str) -> bool:
    """Whether a session was recorded while it happened, by its folder's name."""
    return os.path.isfile(f"{store}/{session}/{EVENTS}") and not meta(store, session).get("imported_from")


def completed(checkpoint: Checkpoint, store: str, finished: Finished, *, told: Told = _unheard) -> Entered:
    """Append what the record of a session lacks that was recorded while it happened. Raises GatewayError, OSError."""
    session = folder_name(finished.session)
    result = Entered(session, finished.agent, finished.path, "", LIVE)

    def heard(call: ToolCall | None, decision: Decision | None) -> None:
        result.added += 1
        if result.added % STEP == 0:
            told(session, result.added)
        if call is not None and decision is not None:
            _judged(call, decision, result)

    with alone(store, session):
        completion.complete(checkpoint, store, finished.path, heard)
    told(session, 0)
    result.status = COMPLETED if result.added else LIVE
    return result


@contextmanager
def alone(store: str, session: str) -> Iterator[None]:
    """Let one import of a session run at a time: what another has let in is known before this one looks. Raises
    TraceError.

    The lock is a file of its own, which stays: writers of events hold theirs only from line to line.
    """
    folder = f"{store}/{session}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        fd = os.open(f"{folder}/{LOCK}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    except OSError as error:
        raise TraceError(f"the trace cannot be written: {error.strerror}", f"look at `{store}`") from None
    try:
        _wait(fd, session)
        yield
    finally:
        os.close(fd)


def _wait(fd: int, session: str) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TraceError(
                    f"another import of `{session}` is still running", "try again when it is through"
                ) from None
            time.sleep(0.05)
        else:
            return


def _entered(checkpoint: Checkpoint, store: str, session: str, finished: Finished, told: Told) -> Entered:
    known = _recorded(store, session)
    result = Entered(
        session,
        finished.agent,
        finished.path,
        folder_name(finished.parent) if finished.parent else "",
        GROWN if known else NEW,
    )
    if known and not meta(store, session).get("imported_from"):
        result.status = LIVE
        return result
    checkpoint.start(finished.session, _meta(finished), cwd=finished.cwd)
    for entry in finished.entries():
        name = (
            entry.call.id
            if isinstance(entry, Called)
            else f"result:{entry.result.id}"
            if isinstance(entry, Returned)
            else entry.name
        )
        number = event_id(finished.session, name)
        if number in known:
            continue
        known.add(number)
        result.added += 1
        if result.added % STEP == 0:
            told(session, result.added)
        if isinstance(entry, Called):
            _judge(checkpoint, entry, result)
        elif isinstance(entry, Returned):
            checkpoint.late_result(entry.result, entry.at)
        else:
            checkpoint.late_note(
                entry.kind, finished.session, entry.data, at=entry.at, name=entry.name, cwd=finished.cwd
            )
    told(session, 0)
    if not result.added:
        result.status = UNCHANGED
    return result


def _judge(checkpoint: Checkpoint, entry: Called, result: Entered) -> None:
    _judged(entry.call, checkpoint.late_call(entry.call, entry.at), result)


def _judged(call: ToolCall, decision: Decision, result: Entered) -> None:
    effect = EFFECTS[decision.shadow]
    result.would[effect] += 1
    if decision.shadow != ALLOW and len(result.caught) < SHOWN:
        result.caught.append((effect, call.tool, decision.reasons[0].text))


def _recorded(store: str, session: str) -> set[str]:
    """Return the ids of the events that a session has already."""
    if not os.path.isfile(f"{store}/{session}/{EVENTS}"):
        return set()
    return {item[1] for _, line in lines(store, session) if (item := head(line)) is not None}


def _meta(finished: Finished) -> JsonObject:
    data: JsonObject = {
        "session_id": folder_name(finished.session),
        "client_session_id": finished.session,
        "agent_name": finished.agent,
        "command": f"{finished.agent} (imported)",
        "started_at": finished.started,
        "imported_from": finished.path,
        "attribution": finished.attribution,
    }
    if finished.parent:
        data["parent_session_id"] = folder_name(finished.parent)
        if finished.parent_call:
            data["parent_event_id"] = event_id(finished.parent, finished.parent_call)
    return data
