"""`policy backtest`: recorded calls with recorded facts under another policy, by the code that judges live calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from gateway.analysis.decision_verification import recorded_decision
from gateway.analysis.event_text import call_line
from gateway.analysis.replay_decision import Judge
from gateway.model.decision import Decision
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.event import TOOL_CALL, Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy

NEWLY = ("newly-allowed", "newly-asked", "newly-denied")
"""The name of a change, indexed by the new effect."""
FAIL_ON = (*NEWLY, "any")
KEPT = 10_000
"""Most changed calls that are kept one by one; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One recorded call of which the policies say different things."""

    session: str
    number: int
    event: str
    call: str
    before: int
    after: int
    rule: str
    text: str


@dataclass(slots=True)
class Friction:
    """How often a rule of the new policy stands in the way, and how often it did not stand there before."""

    asked: int = 0
    denied: int = 0
    newly: int = 0


@dataclass(slots=True)
class Backtest:
    """What came of judging recorded calls again.

    unjudged  calls of the record without a verdict; they happened, and count as allowed before
    """

    sessions: int = 0
    calls: int = 0
    unjudged: int = 0
    before: Counter[int] = field(default_factory=Counter)
    after: Counter[int] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    changed: list[Changed] = field(default_factory=list)
    friction: dict[str, Friction] = field(default_factory=dict)

    def fails(self, wanted: str) -> bool:
        """Whether there is a change of the kind that shall fail."""
        return any(self.counts.values()) if wanted == "any" else self.counts[wanted] > 0


class Backtester:
    """Judges sessions one after the other under one policy."""

    def __init__(self, policy: CompiledPolicy) -> None:
        self.judge = Judge(policy)
        self.result = Backtest()

    def session(self, name: str, events: Iterable[Event], folder: str) -> None:
        """Judge the calls of one session; `folder` stands in for a call's folder that was not recorded."""
        self.result.sessions += 1
        for number, event in enumerate(events, 1):
            if event.type == TOOL_CALL:
                self._call(name, number, event, folder)

    def _call(self, session: str, number: int, event: Event, folder: str) -> None:
        result = self.result
        recorded = recorded_decision(event)
        before = effect_before(recorded)
        decision = self.judge.verdict(event, folder)
        result.calls += 1
        result.unjudged += recorded is None
        result.before[before] += 1
        result.after[decision.effect] += 1
        if decision.effect == before == ALLOW:
            return
        reason = next(
            (reason for reason in decision.reasons if reason.effect == decision.effect and not reason.shadow),
            decision.reasons[0],
        )
        changed = decision.effect != before
        if decision.effect > ALLOW:
            rules = {
                reason.rule for reason in decision.reasons if reason.effect == decision.effect and not reason.shadow
            }
            for rule in rules:
                self._stand(rule, decision.effect, changed=changed)
        if changed:
            result.counts[NEWLY[decision.effect]] += 1
            if len(result.changed) < KEPT:
                result.changed.append(
                    Changed(
                        session, number, event.id, call_line(event), before, decision.effect, reason.rule, reason.text
                    )
                )

    def _stand(self, rule: str, effect: int, *, changed: bool) -> None:
        friction = self.result.friction.setdefault(rule, Friction())
        friction.asked += effect == ASK
        friction.denied += effect == DENY
        friction.newly += changed


def effect_before(recorded: Decision | None) -> int:
    """Return what was decided of a recorded call: a question that could not be asked was a question, an unjudged call
    happened.
    """
    if recorded is None:
        return ALLOW
    if recorded.effect == DENY and any(reason.rule == "ask" for reason in recorded.reasons):
        return ASK
    return recorded.effect
