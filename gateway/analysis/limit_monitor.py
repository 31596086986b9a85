"""Watching: what the limits say of a session as it goes on, each limit spoken of once until it is kept again. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.model.action import WRITE
from gateway.model.decision import Reason
from gateway.model.digest import hex_digest
from gateway.model.event import TOOL_CALL, Event
from gateway.model.json_text import dumps_ascii
from gateway.policy.limits.counters import bounds, fold, fresh
from gateway.policy.limits.evaluate import Next, judge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import Limit
    from gateway.model.json_text import JsonObject

BUCKET = 10.0
"""Seconds of a bar of the activity line."""
BARS = 30


@dataclass(frozen=True, slots=True)
class Alert:
    """A limit that was reached, and the event that reached it."""

    number: int
    at: float
    reason: Reason
    ends: bool = False

    def data(self, session: str) -> JsonObject:
        """Return the alert as JSON data; nothing of the session's content is in it."""
        return {
            "session": session,
            "event": self.number,
            "at": self.at,
            "rule": self.reason.rule,
            "text": self.reason.text,
            "source": self.reason.source,
        }


@dataclass(slots=True)
class Watched:
    """A session as far as it was seen.

    verdicts  effect -> calls
    activity  bucket of BUCKET seconds -> calls
    """

    limits: list[Limit]
    events: int = 0
    first: float = 0.0
    last: float = 0.0
    verdicts: dict[str, int] = field(default_factory=dict)
    activity: dict[int, int] = field(default_factory=dict)
    tally: JsonObject = field(default_factory=fresh)
    reached: set[str] = field(default_factory=set)
    key: str = ""
    tool: str = ""

    def add(self, event: Event, metered: dict[str, float]) -> list[Alert]:
        """Take one event in; return the limits that it reaches.

        metered  what is known of the model's usage: tokens, cost_usd, context_pct
        """
        self.events += 1
        self.first = self.first or event.timestamp
        self.last = max(self.last, event.timestamp)
        fold(self.tally, self._raw(event), bounds(self.limits))
        return self._alerts(event.timestamp, metered)

    def look(self, now: float, metered: dict[str, float]) -> list[Alert]:
        """Return the limits that are reached by time and usage alone, no event having come."""
        return self._alerts(now, metered)

    def forget(self) -> None:
        """Speak again of what is reached already."""
        self.reached = set()

    def _raw(self, event: Event) -> JsonObject:
        data = event.data
        if event.type == TOOL_CALL:
            self.tool = str(data.get("tool_name"))
            keys = data.get("limits")
            keys = keys if isinstance(keys, dict) else _keys(data)
            data = {**data, "limits": keys}
            self.key = str(keys.get("call"))
            decision = data.get("decision")
            effect = str(decision.get("effect")) if isinstance(decision, dict) else "allow"
            self.verdicts[effect] = self.verdicts.get(effect, 0) + 1
            bucket = int(event.timestamp // BUCKET)
            self.activity[bucket] = self.activity.get(bucket, 0) + 1
        return {
            "event_type": event.type,
            "timestamp": event.timestamp,
            "event_id": event.id,
            "parent_id": event.parent,
            "data": data,
        }

    def _alerts(self, now: float, metered: dict[str, float]) -> list[Alert]:
        # The limits judge one more call: asked of the last one again, they say whether they are reached.
        before = {**self.tally, "recent": self.tally["recent"][:-1]}
        reasons = judge(self.limits, before, Next(self.tool, self.key, (), now, metered))
        ends = {limit["rule"] for limit in self.limits if limit["stop"]}
        new = [reason for reason in reasons if reason.rule not in self.reached]
        self.reached = {reason.rule for reason in reasons}
        return [Alert(self.events, now, reason, reason.rule in ends) for reason in new]

    def bars(self, now: float) -> list[float]:
        """Return the calls of the last BARS buckets, oldest first."""
        last = int(now // BUCKET)
        return [float(self.activity.get(bucket, 0)) for bucket in range(last - BARS + 1, last + 1)]


def _keys(data: JsonObject) -> JsonObject:
    """Return the keys of a call that was recorded without limits."""
    actions = data.get("actions")
    written = (
        [str(action.get("target")) for action in actions if isinstance(action, dict) and action.get("verb") == WRITE]
        if isinstance(actions, list)
        else []
    )
    key = hex_digest(str(data.get("tool_name")), dumps_ascii(data.get("arguments"), sort_keys=True))[:16]
    return {"call": key, "files": [path for path in written if not path.startswith("/dev/")]}
