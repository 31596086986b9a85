"""The record's words for calls, facts and decisions: from values to JSON data and back. Pure; the two directions are a
law.
"""

from __future__ import annotations

from gateway.model.action import Action
from gateway.model.decision import Decision, Grant, Reason
from gateway.model.effects import ALLOW, BY_NAME, EFFECTS
from gateway.model.facts import Facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject


def action_data(action: Action) -> JsonObject:
    """Return an action as JSON data; what has nothing to say is left out."""
    data: JsonObject = {"verb": action.verb, "target": action.target}
    if action.opaque:
        data["opaque"] = action.opaque
    for name in ("carries", "words", "how"):
        value = getattr(action, name)
        if value:
            data[name] = list(value)
    if action.base:
        data["base"] = action.base
    if action.via >= 0:
        data["via"] = action.via
    return data


def action_from(data: JsonObject) -> Action:
    """Return the action that JSON data tells of; unknown fields are left aside."""
    return Action(
        _text(data.get("verb")),
        _text(data.get("target")),
        opaque=_text(data.get("opaque")),
        carries=_texts(data.get("carries")),
        words=_texts(data.get("words")),
        how=_texts(data.get("how")),
        base=_text(data.get("base")),
        via=data["via"] if isinstance(data.get("via"), int) else -1,
    )


def facts_data(facts: Facts) -> JsonObject:
    """Return facts as JSON data."""
    data: JsonObject = {"now": facts.now, "project": facts.project, "home": facts.home}
    if facts.real:
        data["real"] = dict(facts.real)
    for name in ("globs", "trees"):
        looks: dict[str, tuple[tuple[str, ...], bool]] = getattr(facts, name)
        if looks:
            data[name] = {path: {"found": list(look), "complete": complete} for path, (look, complete) in looks.items()}
    if facts.folded:
        data["folded"] = True
    if facts.guard:
        data["guard"] = dict(facts.guard)
    return data


def facts_from(data: JsonObject) -> Facts:
    """Return the facts that JSON data tells of."""
    real, guard = data.get("real"), data.get("guard")
    return Facts(
        now=data["now"] if isinstance(data.get("now"), int | float) else 0.0,
        project=_text(data.get("project")) or "/",
        home=_text(data.get("home")) or "/root",
        real={str(key): _text(value) for key, value in real.items()} if isinstance(real, dict) else {},
        globs=_looks(data.get("globs")),
        trees=_looks(data.get("trees")),
        folded=data.get("folded") is True,
        guard={str(key): _text(value) for key, value in guard.items()} if isinstance(guard, dict) else {},
    )


def _looks(data: object) -> dict[str, tuple[tuple[str, ...], bool]]:
    if not isinstance(data, dict):
        return {}
    return {
        str(path): (_texts(look.get("found")), look.get("complete") is True)
        for path, look in data.items()
        if isinstance(look, dict)
    }


def decision_data(decision: Decision) -> JsonObject:
    """Return a decision as JSON data."""
    data: JsonObject = {
        "effect": EFFECTS[decision.effect],
        "reasons": [reason_data(reason) for reason in decision.reasons],
    }
    if decision.shadow != decision.effect:
        data["shadow"] = EFFECTS[decision.shadow]
    if decision.obligations:
        data["obligations"] = [
            [obligation.kind, obligation.reach, obligation.what, obligation.rule] for obligation in decision.obligations
        ]
    if decision.sensitive:
        data["sensitive"] = list(decision.sensitive)
    if decision.grant is not None:
        data["grant"] = {name: getattr(decision.grant, name) for name in Grant.__slots__}
    data["revision"] = decision.revision
    return data


def reason_data(reason: Reason) -> JsonObject:
    """Return a reason as JSON data."""
    data: JsonObject = {"effect": EFFECTS[reason.effect], "rule": reason.rule, "text": reason.text}
    if reason.source:
        data["source"] = reason.source
    if reason.hint:
        data["hint"] = reason.hint
    if reason.action >= 0:
        data["action"] = reason.action
    if reason.shadow:
        data["shadow"] = True
    return data


def decision_from(data: JsonObject) -> Decision | None:
    """Return the decision that JSON data tells of, None when it tells of none."""
    effect = BY_NAME.get(_text(data.get("effect")))
    given = data.get("reasons")
    reasons = (
        tuple(_reason_from(item) for item in given if isinstance(item, dict)) if isinstance(given, list | tuple) else ()
    )
    if effect is None:
        return None
    return Decision(
        effect,
        reasons or (Reason(effect, "", "no reason was recorded"),),
        shadow=BY_NAME.get(_text(data.get("shadow")), effect),
        revision=_text(data.get("revision")),
        sensitive=_texts(data.get("sensitive")),
        grant=_grant_from(data["grant"]) if isinstance(data.get("grant"), dict) else None,
    )


def _grant_from(data: JsonObject) -> Grant:
    at, expires = (data[name] if isinstance(data.get(name), float) else 0.0 for name in ("at", "expires"))
    by, digest, key, seal = (_text(data.get(name)) for name in ("by", "digest", "key", "seal"))
    return Grant(by, at=at, expires=expires, digest=digest, key=key, seal=seal)


def _reason_from(data: JsonObject) -> Reason:
    return Reason(
        BY_NAME.get(_text(data.get("effect")), ALLOW),
        _text(data.get("rule")),
        _text(data.get("text")),
        source=_text(data.get("source")),
        hint=_text(data.get("hint")),
        action=data["action"] if isinstance(data.get("action"), int) else -1,
        shadow=data.get("shadow") is True,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()
