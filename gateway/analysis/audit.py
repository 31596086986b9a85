"""The audit of one session: each call under a policy, sorted by what the policy says of it. Reads events once and keeps
no payloads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gateway.analysis.event_text import deed, kind_of, verdict_of
from gateway.analysis.fingerprints import fingerprint
from gateway.analysis.replay_decision import Judge
from gateway.model.decision import Decision, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.event import TOOL_CALL, Event


@dataclass(frozen=True, slots=True)
class Found:
    """One call of an audit.

    number   of its event in the session
    told     what it did, in words; kind: run, read, write or ""
    effect   what the policy says of it, and why (reasons)
    shadow   what it would say with nothing under `mode: observe`, and why (hidden)
    happened  what was enforced when it was made; "deny" means that it did not happen
    key      stable name of the finding, without session, time or anything secret; "" for a call that is no finding
    path     file of the project that it is about, relative to the project, or ""
    """

    number: int
    event: str
    tool: str
    told: str
    kind: str
    effect: int
    shadow: int
    happened: str
    reasons: tuple[Reason, ...]
    hidden: tuple[Reason, ...] = ()
    key: str = ""
    path: str = ""

    @property
    def blocked(self) -> bool:
        """Whether it was denied when it was made, and did not happen."""
        return self.happened == "deny"


@dataclass(slots=True)
class Kept:
    """Calls of one kind: all are counted, so many are kept."""

    limit: int | None = None
    count: int = 0
    calls: list[Found] = field(default_factory=list)

    def add(self, call: Found) -> None:
        """Count a call, and keep it while there is room."""
        self.count += 1
        if self.limit is None or len(self.calls) < self.limit:
            self.calls.append(call)


@dataclass(slots=True)
class Audit:
    """What a policy says of a session.

    known   findings that the baseline knows already, violations and questions alike
    shadow  calls that would have been refused had everything been enforced, and were not
    """

    session: str
    events: int = 0
    calls: int = 0
    allowed: Kept = field(default_factory=Kept)
    silent: Kept = field(default_factory=Kept)
    asked: Kept = field(default_factory=Kept)
    violations: Kept = field(default_factory=Kept)
    known: Kept = field(default_factory=Kept)
    shadow: Kept = field(default_factory=Kept)
    sensitive: list[tuple[str, Found]] = field(default_factory=list)
    failing: int = 0
    has_policy: bool = True
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How sessions are audited.

    keep            most calls kept of those that are no finding; None for all
    known           keys of findings that do not count
    ignore_blocked  calls that were blocked when they were made do not count
    """

    keep: int | None = None
    known: frozenset[str] = frozenset()
    ignore_blocked: bool = False


def audited(
    judge: Judge, session: str, events: Iterable[Event], folder: str, terms: Terms, *, has_policy: bool = True
) -> Audit:
    """Return the audit of a session's events; `folder` stands in for a call's folder that was not recorded."""
    audit = Audit(
        session,
        allowed=Kept(terms.keep),
        silent=Kept(terms.keep),
        has_policy=has_policy,
        revision=judge.policy["revision"],
    )
    for number, event in enumerate(events, 1):
        audit.events = number
        if event.type == TOOL_CALL:
            audit.calls += 1
            decision = judge.verdict(event, folder)
            found = _found(number, event, decision, folder)
            _sorted(audit, found, terms)
            audit.sensitive += [(path, found) for path in decision.sensitive]
    return audit


def _found(number: int, event: Event, decision: Decision, folder: str) -> Found:
    reasons = tuple(reason for reason in decision.reasons if reason.effect == decision.effect and not reason.shadow)
    hidden = (
        tuple(reason for reason in decision.reasons if reason.effect == decision.shadow)
        if decision.shadow > decision.effect
        else ()
    )
    key, path = (
        fingerprint(event, (reasons or hidden or decision.reasons)[0], folder)
        if max(decision.effect, decision.shadow) > ALLOW
        else ("", "")
    )
    return Found(
        number,
        event.id,
        str(event.data.get("tool_name") or ""),
        deed(event),
        kind_of(event),
        decision.effect,
        decision.shadow,
        verdict_of(event),
        reasons,
        hidden,
        key,
        path,
    )


def _sorted(audit: Audit, call: Found, terms: Terms) -> None:
    if call.shadow > _enforced_then(call):
        audit.shadow.add(call)
    if call.effect > ALLOW and call.key in terms.known:
        audit.known.add(call)
    elif call.effect == DENY:
        audit.violations.add(call)
        audit.failing += not (terms.ignore_blocked and call.blocked)
    elif call.effect == ASK:
        audit.asked.add(call)
    elif any(reason.rule != "default" for reason in call.reasons):
        audit.allowed.add(call)
    else:
        audit.silent.add(call)


def _enforced_then(call: Found) -> int:
    """Return what was enforced when the call was made; a call without a verdict happened."""
    return {"ask": ASK, "deny": DENY}.get(call.happened, ALLOW)
