"""Whether a recorded verdict is reached again from the record: the same policy, call and facts must say the same. Pure
but for its policy.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.analysis.replay_decision import call_of, facts_of, rejudged
from gateway.host.approvals import holds
from gateway.model.decision import EXPIRED, Decision, Reason
from gateway.model.effects import ALLOW, ASK, DENY, EFFECTS
from gateway.model.event import Event
from gateway.require import AFTERWARDS, OBSERVED
from gateway.traces.codec import decision_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import CompiledPolicy

SAME, DIFFERS, UNKNOWN_POLICY, NOT_JUDGED, CLEANED = "same", "differs", "unknown policy", "not judged", "cleaned"
UNKNOWN_GRANT = "unknown grant"

_SHADOWED = (OBSERVED.rule, AFTERWARDS.rule)
_ASK = "ask"
_DEFAULT = "default"
_FORCED = "--forward"
"""The rule of an obligation that a door was started with."""


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of judging a recorded call again.

    status  SAME, DIFFERS, UNKNOWN_POLICY (its revision is not kept), NOT_JUDGED (refused before it could be), CLEANED
            (differs, and
            something the verdict may hang on was taken out of the record), UNKNOWN_GRANT (a person allowed it, and the
            key that would show that is not here)
    """

    status: str
    detail: str = ""


def recorded_decision(event: Event) -> Decision | None:
    """Return the verdict that an event holds, None when it holds none."""
    data = event.data.get("decision")
    return decision_from(data) if isinstance(data, dict) else None


def reproduced(policy: CompiledPolicy, event: Event, cwd: str) -> Reproduction:
    """Return whether the policy that judged a recorded call says the same of it again."""
    recorded = recorded_decision(event)
    if recorded is None or not recorded.revision:
        return Reproduction(NOT_JUDGED)
    _, plain = rejudged(policy, event, cwd)
    outside = tuple(reason for reason in recorded.reasons if _is_outside(reason, plain))
    decision = rejudged(policy, event, cwd, outside)[1] if outside else plain
    granted = _granted(recorded, decision, event, cwd)
    problem = (
        "the grant that it was allowed by is not for this call" if granted is False else _difference(recorded, decision)
    )
    if not problem:
        return Reproduction(SAME) if granted or recorded.grant is None else Reproduction(UNKNOWN_GRANT)
    return Reproduction(CLEANED if event.extra.get("redacted") else DIFFERS, problem)


def _granted(recorded: Decision, decision: Decision, event: Event, cwd: str) -> bool | None:
    """Return whether a person's recorded answer holds for a call that is asked about; None where it cannot be told, or
    needed none.
    """
    if recorded.grant is None or recorded.effect != ALLOW or decision.effect != ASK:
        return None
    return holds(recorded.grant, call_of(event, cwd), facts_of(event, cwd))


def _is_outside(reason: Reason, plain: Decision) -> bool:
    """Whether a recorded reason is of the session or the door and not of a rule: it speaks of the call as a whole."""
    if reason.action >= 0 or reason.rule in (*_SHADOWED, _ASK, _DEFAULT, _FORCED) or reason.rule in _obliging(plain):
        return False
    return all(_key(reason) != _key(item) for item in plain.reasons)


def _difference(recorded: Decision, decision: Decision) -> str:
    """Return what the verdict reached again has that the recorded one has not, or the other way round; "" when they are
    the same.
    """
    rules = {reason.rule for reason in recorded.reasons}
    expected = (
        ALLOW if rules & set(_SHADOWED) or (recorded.grant is not None and decision.effect == ASK) else decision.effect
    )
    if recorded.effect == DENY and ((expected == ASK and _ASK in rules) or rules & {*_obliging(decision), _FORCED}):
        expected = DENY
    if expected != recorded.effect:
        return f"recorded {EFFECTS[recorded.effect]}, now {EFFECTS[expected]} ({decision.reasons[0].rule})"
    before, after = _spoken(recorded), _spoken(decision)
    if before - after:
        return f"{min(before - after)[1]} no longer speaks"
    if after - before:
        return f"{min(after - before)[1]} had not spoken"
    return ""


def _obliging(decision: Decision) -> set[str]:
    """Return the places in the policy that oblige the door to rewrite, which it may have refused for."""
    return {obligation.rule for obligation in decision.obligations}


def _spoken(decision: Decision) -> set[tuple[int, str, int]]:
    skipped = {*_SHADOWED, _ASK, EXPIRED, *_obliging(decision), _FORCED}
    return {
        _key(reason)
        for reason in decision.reasons
        if reason.rule not in skipped and not (reason.rule == _DEFAULT and reason.action < 0)
    }


def _key(reason: Reason) -> tuple[int, str, int]:
    return (reason.effect, reason.rule, reason.action)
