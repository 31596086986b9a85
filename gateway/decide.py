"""decide: one pure function from policy, call, facts and session to a verdict with its reasons.

No I/O, clock, environment, randomness or logging; defined for every input. Every rule of every layer judges; the
strictest wins, so the order of rules never matters and adding a deny never relaxes. Only `gateway.evaluation` imports
this module.
"""

from __future__ import annotations

from gateway.model.action import DATA, READ, RUN, UNKNOWN, USE, WRAPPER, WRITE
from gateway.model.decision import EXPIRED, Decision, Obligation, Reason
from gateway.model.effects import ALLOW, DENY, EFFECTS
from gateway.policy.request_view import Sight, subject
from gateway.policy.rules import RULE_KINDS
from gateway.policy.rules.reasons import Layer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.call import ToolCall
    from gateway.model.compiled_policy import CompiledPolicy, PolicyLayer
    from gateway.model.facts import Facts

NO_RULE = Reason(ALLOW, "default", "no rule matches it")
MAX_REASONS = 50
"""Most reasons that are kept of one kind of effect; a line of ten thousand commands needs no ten thousand reasons."""


def decide(policy: CompiledPolicy, call: ToolCall, facts: Facts, session: tuple[Reason, ...] = ()) -> Decision:
    """Return the verdict of a compiled policy on one call.

    session  what the session's limits say already (see gateway.policy.limits.parse)
    """
    sight = Sight(call, facts, policy["labels"])
    spoken = _spoken(policy, sight, facts.now)
    ended = [end for end in policy.get("ends", ()) if end[0] <= facts.now]
    over = _over(ended, _spoken(policy, sight, 0.0)) if ended else []
    return conclude(policy, [*session, *spoken, *_opaque(policy, sight), *over], sight)


def _spoken(policy: CompiledPolicy, sight: Sight, now: float) -> list[Reason]:
    """Return what every rule of every layer says at a moment."""
    reasons: list[Reason] = []
    for document in policy["layers"]:
        layer = Layer(
            document["name"],
            now=now,
            opaque=policy["on_opaque"],
            shadow=document["shadow"],
            builtin=document["builtin"],
        )
        spoken: list[Reason] = []
        for kind in RULE_KINDS:
            section = document["sections"].get(kind.KEY)
            if section:
                spoken += kind.judge(section, sight, layer)
        if document["default"]:
            spoken += _unspoken(document, sight, spoken)
        reasons += spoken
    return reasons


def _over(ended: list[tuple[float, str, str, str]], before: list[Reason]) -> list[Reason]:
    """Return a word about every entry that would refuse or ask and has expired: what was closed does not open in
    silence.
    """
    days = {(rule, source): day for _, rule, source, day in ended}
    over = [
        reason
        for reason in before
        if reason.effect != ALLOW and not reason.shadow and (reason.rule, reason.source) in days
    ]
    return [
        Reason(
            ALLOW,
            EXPIRED,
            f"{item.text}; that ended with {days[item.rule, item.source]}",
            source=item.source,
            hint="renew the entry, or remove it",
        )
        for item in over
    ]


def conclude(policy: CompiledPolicy, reasons: list[Reason], sight: Sight) -> Decision:
    """Return the decision that the reasons come to: the strictest enforced one wins."""
    enforced = max((reason.effect for reason in reasons if not reason.shadow), default=ALLOW)
    shadow = max((reason.effect for reason in reasons), default=ALLOW)
    if not any(reason.effect == enforced and not reason.shadow for reason in reasons):
        reasons = [*reasons, NO_RULE]
    ordered = sorted(reasons, key=lambda reason: (-reason.effect, reason.shadow))
    return Decision(
        enforced,
        _bounded(ordered),
        shadow=max(enforced, shadow),
        obligations=tuple(Obligation(*obligation) for obligation in policy["obligations"]),
        revision=policy["revision"],
        sensitive=_sensitive(sight),
    )


def _bounded(reasons: list[Reason]) -> tuple[Reason, ...]:
    kept: list[Reason] = []
    counts = dict.fromkeys(range(len(EFFECTS)), 0)
    for reason in reasons:
        counts[reason.effect] += 1
        if counts[reason.effect] <= MAX_REASONS:
            kept.append(reason)
    return tuple(kept)


def _opaque(policy: CompiledPolicy, sight: Sight) -> list[Reason]:
    """Return a reason for every command that cannot be seen inside."""
    effect = policy["on_opaque"]
    return [
        Reason(
            effect,
            "on_opaque",
            f"{subject(action)}: {action.opaque}",
            source=policy["on_opaque_source"],
            hint="write out what is to be run, so that it can be judged",
            action=index,
            shadow=policy["observing"],
        )
        for index, action in enumerate(sight.actions)
        if action.opaque
    ]


def _unspoken(layer: PolicyLayer, sight: Sight, spoken: list[Reason]) -> list[Reason]:
    """Return the layer's default for every action that none of its rules spoke of."""
    heard = {reason.action for reason in spoken}
    only_use = all(action.verb == USE for action in sight.actions)
    effect = layer["default"] or ALLOW
    word = "denied" if effect == DENY else "asked about"
    return [
        Reason(
            effect,
            "default",
            f"{subject(action)} is {word} by default: no rule matches it",
            source=layer["default_source"],
            action=index,
            shadow=layer["shadow"],
        )
        for index, action in enumerate(sight.actions)
        if index not in heard
        and (action.verb != USE or only_use)
        and not (action.verb == RUN and (DATA in action.how or WRAPPER in action.how))
    ]


def _sensitive(sight: Sight) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for index, action in enumerate(sight.actions):
        if action.verb not in (READ, WRITE) or UNKNOWN in sight.path(action):
            continue
        for spot in sight.spots(index):
            if spot.named and spot.pattern is None and sight.labels(spot.asked.path):
                found.setdefault(
                    action.target if spot.asked.path == sight.place(sight.path(action)).path else spot.asked.path
                )
    return tuple(found)
