"""The audit of one session: each call under a policy, sorted by what the policy says of it, told by what became of it.
Reads events once and keeps no payloads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gateway.analysis.call_outcomes import DONE, FAILED, REFUSED, UNKNOWN, WORDS, CallOutcomes
from gateway.analysis.event_text import call_line, deed, kind_of, verdict_of
from gateway.analysis.fingerprints import fingerprint
from gateway.analysis.replay_decision import Judge
from gateway.model.decision import Decision, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.event import TOOL_CALL, Event


@dataclass(slots=True)
class Found:
    """One call of an audit.

    number   of its event in the session
    call     what it was to do, as the call stands there; done: the same told as a deed; kind: run, read, write or ""
    effect   what the policy says of it, and why (reasons)
    shadow   what it would say with nothing under `mode: observe`, and why (hidden)
    enforced  what was enforced when it was made: allow, ask, deny or ""
    key      stable name of the finding, without session, time or anything secret; "" for a call that is no finding
    path     file of the project that it is about, relative to the project, or ""
    outcome  what became of it (see call_outcomes), known when the whole session was read
    """

    number: int
    event: str
    tool: str
    call: str
    done: str
    kind: str
    effect: int
    shadow: int
    enforced: str
    reasons: tuple[Reason, ...]
    hidden: tuple[Reason, ...] = ()
    key: str = ""
    path: str = ""
    outcome: str = UNKNOWN

    @property
    def blocked(self) -> bool:
        """Whether it was denied when it was made, and did not happen."""
        return self.outcome == REFUSED

    @property
    def happened(self) -> bool:
        """Whether it did what it was to do; what failed may have done some of it."""
        return self.outcome in (DONE, FAILED)

    @property
    def told(self) -> str:
        """What it did, in words; of a call that did not happen what it was to do, and that it did not."""
        return self.done if self.happened else f"{self.call} ({WORDS[self.outcome]})"


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
    sensitive, spared  (sensitive file, the call that was about it): of calls that happened, and of those that did not,
            or of which no result is recorded
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
    spared: list[tuple[str, Found]] = field(default_factory=list)
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
    outcomes = CallOutcomes()
    waiting: dict[str, Found] = {}
    named: list[tuple[str, Found]] = []
    for number, event in enumerate(events, 1):
        audit.events = number
        settled = outcomes.add(event)
        if event.type == TOOL_CALL:
            audit.calls += 1
            decision = judge.verdict(event, folder)
            found = _found(number, event, decision, folder)
            waiting[event.id] = found
            _sorted(audit, found, terms)
            named += [(path, found) for path in decision.sensitive]
        if settled is not None and settled.id in waiting:
            waiting.pop(settled.id).outcome = settled.outcome
    for settled in outcomes.rest():
        if settled.id in waiting:
            waiting.pop(settled.id).outcome = settled.outcome
    for path, found in named:
        (audit.sensitive if found.happened else audit.spared).append((path, found))
    audit.failing = sum(not (terms.ignore_blocked and call.blocked) for call in audit.violations.calls)
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
        call_line(event),
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
    elif call.effect == ASK:
        audit.asked.add(call)
    elif any(reason.rule != "default" for reason in call.reasons):
        audit.allowed.add(call)
    else:
        audit.silent.add(call)


def _enforced_then(call: Found) -> int:
    """Return what was enforced when the call was made; a call without a verdict happened."""
    return {"ask": ASK, "deny": DENY}.get(call.enforced, ALLOW)
