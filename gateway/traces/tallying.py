"""The tally of a session, kept in a snapshot beside its events: brought up to date with what was written since, or made anew from all of it."""

from __future__ import annotations

from gateway.model.action import UNKNOWN, WRITE
from gateway.model.digest import hex_digest
from gateway.model.errors import ProtocolError
from gateway.model.json_text import dumps_ascii, loads
from gateway.policy.limited import METERED, Next, judge
from gateway.policy.sight import asked_path
from gateway.policy.tally import bounds, fold, fresh, matters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gateway.model.call import ToolCall
    from gateway.model.decision import Decision, Reason
    from gateway.model.facts import Facts
    from gateway.traces.tail import Tail

    Conclude = Callable[[tuple[Reason, ...]], Decision]
    Data = dict[str, Any]
    Meter = Callable[[Data, dict[str, list[int]]], dict[str, float]]


class Within:
    """One call on its way past the limits of its session, from the tally before it to the tally with it.

    decision  the verdict, once `decided` was called
    """

    __slots__ = ("_facts", "_limits", "_meter", "_state", "call", "decision", "files", "key")

    decision: Decision

    def __init__(self, limits: list[Data], call: ToolCall, facts: Facts, key: bytes, meter: Meter | None) -> None:
        self._limits = limits
        self._facts = facts
        self._meter = meter if meter is not None and any(limit["name"] in METERED for limit in limits) else None
        self._state: Data = {}
        self.call = call
        self.key = hex_digest(key, call.tool, dumps_ascii(call.arguments, sort_keys=True))[:16]
        self.files = _modified(call, facts, key) if any(limit["name"] == "files_modified" for limit in limits) else ()

    def decided(self, tail: Tail, conclude: Conclude) -> Decision:
        """Return the verdict that the limits and all other rules come to."""
        self._state = tally_of(tail, self._limits)
        tally = self._state["tally"]
        metered = self._meter(self._state["meter"], tally["usage"]) if self._meter is not None else {}
        reasons = judge(self._limits, tally, Next(self.call.tool, self.key, self.files, self._facts.now, metered))
        self.decision = conclude(reasons)
        return self.decision

    def keys(self) -> Data:
        """Return what the event has to hold for the tally: what makes the call the same again, and the files it modifies."""
        return {"call": self.key, "files": list(self.files)} if self.files else {"call": self.key}

    def counted(self, tail: Tail, event: Data) -> None:
        """Have the tally with this call kept beside the events."""
        fold(self._state["tally"], event, self._state["bounds"])
        tail.keep = self._state


def _modified(call: ToolCall, facts: Facts, key: bytes) -> tuple[str, ...]:
    paths = {
        asked_path(action, call.cwd, facts.home)
        for action in call.actions
        if action.verb == WRITE and UNKNOWN not in action.target and UNKNOWN not in action.base
    }
    return tuple(sorted(hex_digest(key, facts.real.get(path, path))[:16] for path in paths if not path.startswith("/dev/")))


def tally_of(tail: Tail, limits: list[Data]) -> Data:
    """Return {offset, bounds, tally, meter} of the session that a tail belongs to, all of its events folded in.

    A snapshot that cannot be read, lies ahead of the events or was made for other limits is made anew: it is never trusted over them.
    """
    kept = bounds(limits)
    state = _snapshot(tail, kept)
    for line in tail.lines(state["offset"]):
        if not matters(line) and state["tally"]["first"] is not None:
            continue
        try:
            event = loads(line.decode("utf-8", "replace"))
        except ProtocolError:
            continue
        if isinstance(event, dict):
            fold(state["tally"], event, kept)
    return state


def _snapshot(tail: Tail, kept: Data) -> Data:
    try:
        state = loads(tail.snapshot().decode("utf-8", "replace"))
    except ProtocolError:
        state = None
    if isinstance(state, dict) and state.get("bounds") == kept and isinstance(state.get("offset"), int) and 0 <= state["offset"] <= tail.size:
        tally = state.get("tally")
        if isinstance(tally, dict) and tally.keys() == fresh().keys():
            return state
    return {"offset": 0, "bounds": kept, "tally": fresh(), "meter": {}}
