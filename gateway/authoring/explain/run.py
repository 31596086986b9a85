"""`policy explain`: what one described call would do, where each part of it stands, which rule spoke and which almost
did.

The same path as a live call, without a record; what almost spoke is what the same judge says under a policy whose
entries ask for less.
"""

from __future__ import annotations

from gateway.authoring.explain.near_misses import loosened
from gateway.evaluation import judge
from gateway.model.action import RUN, USE
from gateway.model.effects import ALLOW, EFFECTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.action import Action
    from gateway.model.call import ToolCall
    from gateway.model.compiled_policy import CompiledPolicy
    from gateway.model.decision import Decision, Reason
    from gateway.model.facts import Facts
    from gateway.model.json_text import JsonObject


MAX_ALMOST = 12
"""Most rules that almost spoke which are told."""


def explained(policy: CompiledPolicy, call: ToolCall, facts: Facts, decision: Decision) -> JsonObject:
    """Return all there is to say of a call that was judged."""
    text = command_text(call)
    homes = _homes(call.actions)
    actions = [_action(index, action, text, decision) for index, action in enumerate(call.actions)]
    commands = []
    for index, action in enumerate(call.actions):
        if action.verb == RUN:
            owned = [actions[at] for at, home in enumerate(homes) if home == index]
            commands.append({**actions[index], "words": list(action.words), "actions": owned})
    return {
        "tool": call.tool,
        "text": text,
        "effect": EFFECTS[decision.effect],
        "commands": commands,
        "actions": [actions[at] for at, home in enumerate(homes) if home < 0 and call.actions[at].verb != RUN],
        "reasons": [_reason(reason) for reason in decision.reasons],
        "almost": _almost(policy, call, facts, decision),
        "sensitive": list(decision.sensitive),
        "policy_revision": decision.revision,
    }


def command_text(call: ToolCall) -> str:
    """Return the text that the places of a call's actions are places in: its only command line, or ""."""
    arguments = call.arguments if isinstance(call.arguments, dict) else {"": call.arguments}
    texts = [value for value in arguments.values() if isinstance(value, str)]
    for text in texts:
        spans = [action.span for action in call.actions if action.span[0] >= 0]
        if (
            spans
            and max(end for _, end in spans) <= len(text)
            and (len(texts) == 1 or any(text[start:end].strip() for start, end in spans))
        ):
            return text
    return ""


def _homes(actions: tuple[Action, ...]) -> list[int]:
    """Return for each action the run that it belongs to: the tightest around it, the last one before it among equals;
    -1 for none.
    """
    homes = []
    for at, action in enumerate(actions):
        best = (-1, 1 << 60, 0)
        if action.verb not in (RUN, USE):
            for index, run in enumerate(actions):
                if (
                    run.verb == RUN
                    and run.span[0] <= action.span[0]
                    and action.span[1] <= run.span[1]
                    and run.span[0] >= 0
                ):
                    size = run.span[1] - run.span[0]
                    if (size, index > at) < best[1:] or (size == best[1] and index < at):
                        best = (index, size, int(index > at))
            if best[0] < 0:
                best = (next((index for index in range(at, -1, -1) if actions[index].verb == RUN), -1), 0, 0)
        homes.append(best[0])
    return homes


def _action(index: int, action: Action, text: str, decision: Decision) -> JsonObject:
    start, end = action.span if text else (-1, -1)
    line = text.count("\n", 0, max(start, 0)) + 1 if start >= 0 else 0
    return {
        "index": index,
        "verb": action.verb,
        "target": action.target,
        "how": list(action.how),
        "carries": list(action.carries),
        "opaque": bool(action.opaque),
        "why_opaque": action.opaque,
        "started_by": action.via,
        "span": [start, end],
        "line": line,
        "column": start - (text.rfind("\n", 0, start) + 1) + 1 if start >= 0 else 0,
        "reasons": [_reason(reason) for reason in decision.reasons if reason.action == index],
    }


def _reason(reason: Reason) -> JsonObject:
    return {
        "effect": EFFECTS[reason.effect],
        "rule": reason.rule,
        "source": reason.source,
        "text": reason.text,
        "hint": reason.hint,
        "action": reason.action,
        "shadow": reason.shadow,
    }


def _almost(policy: CompiledPolicy, call: ToolCall, facts: Facts, decision: Decision) -> list[JsonObject]:
    """Return the rules that speak of the call once they ask for less."""
    spoken = {(reason.rule, reason.source) for reason in decision.reasons}
    reasons: dict[tuple[str, str], Reason] = {}
    for reason in judge(loosened(policy), call, facts).reasons:
        if (
            reason.effect != ALLOW
            and reason.rule not in ("on_opaque", "default")
            and (reason.rule, reason.source) not in spoken
        ):
            reasons.setdefault((reason.rule, reason.source), reason)
    return [_reason(item) for item in list(reasons.values())[:MAX_ALMOST]]
