"""The audit of one session: each call under a policy, sorted by what the policy says of it. Pure but for what it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gateway.analysis.rejudge import rejudged
from gateway.analysis.words import deed, verdict_of
from gateway.model.decision import Decision, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.event import TOOL_CALL, Event


@dataclass(frozen=True, slots=True)
class Found:
    """One call of an audit.

    number     of its event in the session
    told       what it did, in words
    decision   what the policy says of it
    blocked    it was denied when it was made, and did not happen
    """

    number: int
    event: Event
    told: str
    decision: Decision
    blocked: bool

    @property
    def reasons(self) -> list[Reason]:
        """Why the policy says what it says."""
        return [one for one in self.decision.reasons if one.effect == self.decision.effect and not one.shadow]


@dataclass(slots=True)
class Audit:
    """What a policy says of a session."""

    session: str
    events: int = 0
    calls: int = 0
    allowed: list[Found] = field(default_factory=list)
    silent: list[Found] = field(default_factory=list)
    asked: list[Found] = field(default_factory=list)
    violations: list[Found] = field(default_factory=list)
    sensitive: list[tuple[str, Found]] = field(default_factory=list)
    has_policy: bool = True
    revision: str = ""


def audited(policy: dict[str, Any], session: str, events: Iterable[Event], folder: str, *, has_policy: bool) -> Audit:
    """Return the audit of a session's events; `folder` stands in for a call's folder that was not recorded."""
    audit = Audit(session, has_policy=has_policy)
    for number, event in enumerate(events, 1):
        audit.events = number
        if event.type != TOOL_CALL:
            continue
        audit.calls += 1
        _, decision = rejudged(policy, event, folder)
        audit.revision = decision.revision
        found = Found(number, event, deed(event), decision, verdict_of(event) == "deny")
        _sorted(audit, found)
        audit.sensitive += [(path, found) for path in decision.sensitive]
    return audit


def _sorted(audit: Audit, found: Found) -> None:
    effect = found.decision.effect
    if effect == DENY:
        audit.violations.append(found)
    elif effect == ASK:
        audit.asked.append(found)
    elif effect == ALLOW and any(reason.rule != "default" for reason in found.reasons):
        audit.allowed.append(found)
    else:
        audit.silent.append(found)
