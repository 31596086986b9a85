"""What was denied and asked about, over sessions: by which rules, and what it was that was refused most. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.analysis.event_text import subject_of, tool_of, verdict_of
from gateway.model.event import TOOL_CALL, Event

MAX_KEPT = 10_000
"""Most rules, and most refused things, that are told apart."""


@dataclass(slots=True)
class Spoken:
    """A rule that spoke: where it stands, how often it asked and denied (or would have, under `mode: observe`), in
    which sessions.
    """

    rule: str
    source: str = ""
    ask: int = 0
    deny: int = 0
    observed: int = 0
    sessions: set[str] = field(default_factory=set)


class Refusals:
    """Counts refusals, session after session.

    rules   rule -> what it did
    things  (tool, what it was about) -> how often that was denied
    """

    def __init__(self) -> None:
        self.rules: dict[str, Spoken] = {}
        self.things: dict[tuple[str, str], int] = {}

    def add(self, session: str, event: Event) -> None:
        """Take one event of a session in."""
        if event.type != TOOL_CALL:
            return
        effect = verdict_of(event)
        decision = event.data.get("decision")
        if not isinstance(decision, dict) or (effect not in ("ask", "deny") and not decision.get("shadow")):
            return
        if effect == "deny":
            thing = (tool_of(event), subject_of(event, 120))
            if thing in self.things or len(self.things) < MAX_KEPT:
                self.things[thing] = self.things.get(thing, 0) + 1
        reasons = decision.get("reasons")
        for reason in reasons if isinstance(reasons, list) else ():
            if isinstance(reason, dict) and reason.get("effect") in ("ask", "deny"):
                self._spoke(session, reason, effect)

    def _spoke(self, session: str, reason: dict[str, object], effect: str) -> None:
        rule = str(reason.get("rule"))
        spoken = self.rules.get(rule)
        if spoken is None:
            if len(self.rules) >= MAX_KEPT:
                return
            spoken = self.rules[rule] = Spoken(rule)
        source = reason.get("source")
        if isinstance(source, str) and source:
            spoken.source = source
        spoken.sessions.add(session)
        if reason.get("shadow") is True or reason.get("effect") != effect:
            spoken.observed += 1
        elif effect == "deny":
            spoken.deny += 1
        else:
            spoken.ask += 1
