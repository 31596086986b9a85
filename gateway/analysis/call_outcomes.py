"""What became of each call of a session, told in one pass. Pure; holds the calls that wait for their result.

The one meaning that every report and export uses: what was refused or rejected did not happen, and what has no result
is not known to have happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.analysis.rejections import not_let_run
from gateway.model.event import (
    ASSISTANT_RESPONSE,
    ERROR,
    NOTE,
    SESSION_END,
    TOOL_CALL,
    TOOL_RESULT,
    USER_PROMPT,
    Event,
)

DONE, FAILED, REFUSED, REJECTED, UNKNOWN = "done", "failed", "refused", "rejected", "unknown"
OUTCOMES = (DONE, FAILED, REFUSED, REJECTED, UNKNOWN)
"""done: it came back; failed: it came back with an error; refused: policy denied it and it never ran; rejected: a
person or the client did not let it run; unknown: no result is recorded.
"""
PREVENTED = frozenset((REFUSED, REJECTED))
WORDS = {
    FAILED: "failed",
    REFUSED: "refused by policy",
    REJECTED: "rejected, not run",
    UNKNOWN: "no result recorded",
}
"""Outcome -> how people are told of it, behind the call; nothing is said of what was done."""
MAX_OPEN = 10_000
"""Most calls without a result that are remembered; the oldest then stays unknown, or refused."""
_GOES_ON = frozenset((USER_PROMPT, ASSISTANT_RESPONSE, SESSION_END))
_NAMES = ("tool_use_id", "request_id")


@dataclass(slots=True)
class OpenCall:
    """A call that has no result yet.

    at        seconds since the epoch
    effect    what policy said of it, "" where nothing is recorded
    name      the client's own id of it
    asked     the client asked a person, who has not answered
    rejected  the client or a person did not let it run
    """

    tool: str = ""
    at: float = 0.0
    effect: str = ""
    name: str = ""
    asked: bool = False
    rejected: bool = False

    @property
    def outcome(self) -> str:
        """What is known of it without a result."""
        return REFUSED if self.effect == "deny" else REJECTED if self.rejected else UNKNOWN


@dataclass(slots=True)
class Settled:
    """A call whose outcome is known; `id` is that of its event."""

    id: str
    call: OpenCall
    outcome: str


class CallOutcomes:
    """Takes events in, one after the other, and tells the outcome of a call when it is known."""

    __slots__ = ("_asked", "_names", "open")

    def __init__(self, waiting: dict[str, OpenCall] | None = None) -> None:
        self.open = {} if waiting is None else waiting
        self._names = {call.name: key for key, call in self.open.items() if call.name}
        self._asked = {key: call for key, call in self.open.items() if call.asked}

    def add(self, event: Event) -> Settled | None:
        """Take one event in; return the call that it settles: the one it answers, or one too many that was waiting."""
        kind = event.type
        if kind == TOOL_CALL:
            return self._called(event)
        if kind in (TOOL_RESULT, ERROR):
            return self._answered(event)
        if kind == NOTE:
            self._noted(event)
        elif kind in _GOES_ON and self._asked:
            # the hooks of a client tell nothing of a person who says no: the session goes on without a result
            for call in self._asked.values():
                call.rejected = True
            self._asked.clear()
        return None

    def rest(self) -> Iterator[Settled]:
        """Yield the calls that have no result, with what is known of them."""
        for key, call in self.open.items():
            yield Settled(key, call, call.outcome)

    def _called(self, event: Event) -> Settled | None:
        if not event.id:
            return None
        data = event.data
        tool, decision = data.get("tool_name"), data.get("decision")
        effect = decision.get("effect") if type(decision) is dict else None
        named = data.get("tool_use_id") or data.get("request_id")
        name = "" if named is None else str(named)
        evicted = None
        if len(self.open) >= MAX_OPEN:
            oldest = next(iter(self.open))
            evicted = Settled(oldest, call := self._closed(oldest), call.outcome)
        self.open[event.id] = OpenCall(
            tool if type(tool) is str else "", event.timestamp, effect if type(effect) is str else "", name
        )
        if name:
            self._names[name] = event.id
        return evicted

    def _answered(self, event: Event) -> Settled | None:
        key = self.id_of(event)
        if not key:
            return None
        call = self._closed(key)
        if event.type == TOOL_RESULT:
            return Settled(key, call, DONE)  # also where policy had denied it: it ran all the same
        if call.effect == "deny":
            return Settled(key, call, REFUSED)
        return Settled(key, call, REJECTED if call.rejected or not_let_run(event) else FAILED)

    def id_of(self, event: Event) -> str:
        """Return the id of the waiting call that an event answers, "" when there is none: by its parent, else by the
        client's own id of the call.
        """
        if event.parent in self.open:
            return event.parent
        for key in _NAMES:
            name = event.data.get(key)
            if name is not None and str(name) in self._names:
                return self._names[str(name)]
        return ""

    def _closed(self, key: str) -> OpenCall:
        call = self.open.pop(key)
        self._asked.pop(key, None)
        if self._names.get(call.name) == key:
            del self._names[call.name]
        return call

    def _noted(self, event: Event) -> None:
        """Take in what a client told of its own prompts (PermissionRequest has no id of the call, PermissionDenied
        has).
        """
        data = event.data
        hook = data.get("hook_event")
        if hook == "PermissionDenied":
            key = self._names.get(str(data.get("tool_use_id")))
            if key is not None:
                self.open[key].rejected = True
        elif hook == "PermissionRequest":
            same = [key for key, call in self.open.items() if call.tool == data.get("tool_name") and not call.asked]
            for key in same[-1:]:
                call = self._asked[key] = self.open[key]
                call.asked = True


def told_counts(counts: dict[str, int]) -> str:
    """Return how many calls came to what, for people: `20 done, 3 failed, 2 refused by policy`."""
    return ", ".join(f"{counts[outcome]} {WORDS.get(outcome, outcome)}" for outcome in OUTCOMES if counts.get(outcome))
