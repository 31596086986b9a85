"""From a verdict to what a door has to do: what it cannot discharge becomes a denial, what is only watched passes, what
is told. Pure.
"""

from __future__ import annotations

from gateway.model.decision import EXPIRED, FORWARD, MASK, Decision, Grant, Obligation, Reason
from gateway.model.effects import ALLOW, ASK, DENY
from gateway.model.harmless import harmless_line
from gateway.model.record import replaced

OBSERVED = Reason(ALLOW, "observe", "observe mode refuses nothing")
AFTERWARDS = Reason(ALLOW, "afterwards", "it had happened when it was judged; this is what would have been said")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.compiled_policy import Limit
    from gateway.model.passage import Capabilities


def watched(decision: Decision, why: Reason = OBSERVED) -> Decision:
    """Return the decision as it is recorded where nothing is refused: with what it would have been, and why it was
    not.
    """
    reasons = tuple(replaced(reason, shadow=True) for reason in decision.reasons)
    seen: Decision = replaced(decision, effect=ALLOW, reasons=(*reasons, why))
    return seen


def require(door: Capabilities, decision: Decision) -> Decision:
    """Return the decision as the door can carry it out: what it cannot discharge becomes a denial (XACML 3.0, 7.18)."""
    if decision.effect == ASK and not door.asks:
        decision = nobody_to_ask(decision, "a person must do this, or allow it in the policy")
    missing = _cannot_rewrite(door, decision.obligations)
    return _refused(decision, missing) if missing and decision.effect != DENY else decision


def nobody_to_ask(decision: Decision, hint: str) -> Decision:
    """Return the denial that a question becomes where nobody can be asked."""
    return _refused(
        decision, [Reason(DENY, "ask", f"{decision.reasons[0].text}, and nobody can be asked here", hint=hint)]
    )


def allowed_once(decision: Decision, grant: Grant) -> Decision:
    """Return the decision that a question becomes with a person's answer to it."""
    reasons = (Reason(ALLOW, "approval", f"{grant.by} allowed it once"), *decision.reasons)
    allowed: Decision = replaced(decision, effect=ALLOW, reasons=reasons, grant=grant)
    return allowed


def _refused(decision: Decision, reasons: list[Reason]) -> Decision:
    refused: Decision = replaced(decision, effect=DENY, shadow=DENY, reasons=(*reasons, *decision.reasons))
    return refused


def _cannot_rewrite(door: Capabilities, obligations: tuple[Obligation, ...]) -> list[Reason]:
    forward = [obligation for obligation in obligations if obligation.reach == FORWARD]
    if not forward or (door.rewrites_arguments and door.rewrites_results):
        return []
    word = "mask" if forward[0].kind == MASK else "redact"
    return [
        Reason(
            DENY,
            forward[0].rule,
            f"this door cannot {word} what passes through it",
            hint="use a client whose results can be rewritten",
        )
    ]


def explain(decision: Decision) -> str:
    """Return what the client is told of a verdict: what, which rule, where it stands, what to do instead.

    "" for an allowed call, but for one that an entry refused or asked about until it expired.
    """
    if decision.effect == ALLOW:
        over = dict.fromkeys(
            f"agent-strace: allowed, though {reason.text} [{reason.source}]\n"
            for reason in decision.reasons
            if reason.rule == EXPIRED
        )
        return "".join(list(over)[:3])
    spoken = [reason for reason in decision.reasons if reason.effect == decision.effect and not reason.shadow]
    text = "; ".join(
        dict.fromkeys(f"{reason.text}{f' [{reason.source}]' if reason.source else ''}" for reason in spoken[:3])
    )
    if len(spoken) > 3:
        text += f"; and {len(spoken) - 3} more"
    hints = ". ".join(dict.fromkeys(reason.hint for reason in spoken[:3] if reason.hint))
    head = "Blocked by policy: " if decision.effect == DENY else "Policy asks: "
    tail = " Do not retry it unchanged." if decision.effect == DENY else ""
    return harmless_line(f"{head}{text}.{f' Instead: {hints}.' if hints else ''}{tail}"[:2000])


def ends_session(limits: list[Limit], decision: Decision) -> bool:
    """Whether a limit that ends the session spoke."""
    from gateway.policy.limits.evaluate import stops

    return stops(limits, decision.reasons)
