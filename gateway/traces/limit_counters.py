"""The tally of a session, kept in a snapshot beside its events: brought up to date with what was written since, or made
anew from all of it.
"""

from __future__ import annotations

import time

from gateway.lane_os import seconds_left
from gateway.model.action import UNKNOWN, WRITE
from gateway.model.digest import hex_digest
from gateway.model.errors import BusyError, ProtocolError
from gateway.model.json_text import dumps_ascii, loads
from gateway.policy.limits.counters import bounds, fold, fresh, matters, needed
from gateway.policy.limits.evaluate import METERED, Next, judge
from gateway.policy.request_view import asked_path
from gateway.traces.snapshot import Snapshot

FOLD_SECONDS = 3.0
"""Longest that one call counts what the snapshot of its session lacks; the rest of a hook's time is for everything
else.
"""
_SPARE = 1.5
_LEAST = 0.2
_SAVE_SECONDS = 0.5
"""How often a count that takes long is kept on the way, for a process that is ended before its time."""
_STEP = 1 << 18
"""Bytes of events between two looks at the clock."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.model.call import ToolCall
    from gateway.model.compiled_policy import CompiledPolicy, Limit
    from gateway.model.decision import Decision, Reason
    from gateway.model.facts import Facts
    from gateway.model.json_text import JsonObject
    from gateway.traces.session_tail import Tail

    Conclude = Callable[[tuple[Reason, ...]], Decision]
    Meter = Callable[[JsonObject, dict[str, list[int]]], dict[str, float]]


class Within:
    """One call on its way past the limits of its session, from the tally before it to the tally with it.

    decision  the verdict, once `decided` was called
    """

    __slots__ = (
        "_facts",
        "_limits",
        "_meter",
        "_secret",
        "_snapshot",
        "_state",
        "_watching",
        "call",
        "decision",
        "files",
        "key",
    )

    decision: Decision

    def __init__(
        self,
        policy: CompiledPolicy,
        call: ToolCall,
        facts: Facts,
        key: bytes,
        meter: Meter | None,
        *,
        watching: bool = False,
    ) -> None:
        self._limits = limits = policy["limits"]
        self._watching = watching or policy["observing"]
        self._secret = key
        self._snapshot: Snapshot | None = None
        self._facts = facts
        self._meter = meter if meter is not None and any(limit["name"] in METERED for limit in limits) else None
        self._state: JsonObject = {}
        self.call = call
        self.key = hex_digest(key, call.tool, dumps_ascii(call.arguments, sort_keys=True))[:16]
        self.files = _modified(call, facts, key) if any(limit["name"] == "files_modified" for limit in limits) else ()

    def decided(self, tail: Tail, conclude: Conclude) -> Decision:
        """Return the verdict that the limits and all other rules come to. Raises BusyError when there is too much to
        count for one call.
        """
        self._snapshot = snapshot = Snapshot(tail, self._secret)
        try:
            self._state = tally_of(tail, self._limits, snapshot)
        except BusyError:
            if not self._watching:
                raise
            # who only watches is not held up: the call is recorded, and counted with the rest
            self.decision = conclude(())
            return self.decision
        tally = self._state["tally"]
        metered = self._meter(self._state["meter"], tally["usage"]) if self._meter is not None else {}
        reasons = judge(self._limits, tally, Next(self.call.tool, self.key, self.files, self._facts.now, metered))
        self.decision = conclude(reasons)
        return self.decision

    def keys(self) -> JsonObject:
        """Return what the event has to hold for the tally: what makes the call the same again, and the files it
        modifies.
        """
        return {"call": self.key, "files": list(self.files)} if self.files else {"call": self.key}

    def counted(self, tail: Tail, event: JsonObject) -> None:
        """Have the tally with this call kept beside the events."""
        state, snapshot = self._state, self._snapshot
        if state and snapshot is not None:
            fold(state["tally"], event, state["bounds"])
            tail.then = lambda size: snapshot.keep(state, size)


def _modified(call: ToolCall, facts: Facts, key: bytes) -> tuple[str, ...]:
    paths = {
        asked_path(action, call.cwd, facts.home)
        for action in call.actions
        if action.verb == WRITE and UNKNOWN not in action.target and UNKNOWN not in action.base
    }
    return tuple(
        sorted(hex_digest(key, facts.real.get(path, path))[:16] for path in paths if not path.startswith("/dev/"))
    )


def tally_of(tail: Tail, limits: list[Limit], snapshot: Snapshot) -> JsonObject:
    """Return {bounds, tally, meter} of the session that a tail belongs to, all of its events folded in.

    A count that takes too long for one call is kept as far as it came, for the next call to go on with. Raises
    BusyError then.
    """
    kept = bounds(limits)
    state = snapshot.state(kept)
    offset = state["offset"] if state is not None else 0
    if state is None:
        state = {"bounds": kept, "tally": fresh(), "meter": {}}
    pace = _Pace(snapshot, state, offset)
    tally = state["tally"]
    for line, end in tail.lines(offset):
        if matters(line) or tally["first"] is None:
            try:
                event = loads(needed(line).decode("utf-8", "replace"))
            except ProtocolError:
                event = None
            if isinstance(event, dict):
                fold(tally, event, kept)
        if end >= pace.look:
            pace.passed(end, tail.size)
    return state


class _Pace:
    """Looks at the clock while a session is counted.

    look  offset from which on it has to be asked
    """

    __slots__ = ("_end", "_save", "_snapshot", "_state", "look")

    def __init__(self, snapshot: Snapshot, state: JsonObject, offset: int) -> None:
        now = time.monotonic()
        self._snapshot = snapshot
        self._state = state
        self._end = now + max(_LEAST, min(FOLD_SECONDS, seconds_left(FOLD_SECONDS + _SPARE) - _SPARE))
        self._save = now + _SAVE_SECONDS
        self.look = offset + _STEP

    def passed(self, offset: int, size: int) -> None:
        """Keep the count now and then. Raises BusyError when the time for it is over and something is left to count."""
        self.look = offset + _STEP
        now = time.monotonic()
        if offset >= size or (now < self._save and now < self._end):
            return
        kept = self._snapshot.keep(self._state, offset)
        self._save = time.monotonic() + _SAVE_SECONDS
        if now < self._end:
            return
        text = (
            "the count of this session for its limits is being caught up:"
            f" {offset / 1e6:,.0f} of {size / 1e6:,.0f} MB of its events are counted"
        )
        if kept:
            raise BusyError(f"{text} ({100 * offset // size} %)")
        raise BusyError(f"{text}, and how far it came cannot be kept", f"look at `{self._snapshot.path}`")
