"""The forms of a backtest: text and JSON."""

from __future__ import annotations

from gateway.authoring.backtest.run import NEWLY, Backtest, Changed
from gateway.model.effects import EFFECTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 20
"""Most calls that the text shows of each kind of change."""

_MARKS = dict(zip(NEWLY, "+?-", strict=True))


def as_data(policy: str, revision: str, result: Backtest) -> JsonObject:
    """Return a backtest as JSON data."""
    return {
        "policy": policy,
        "policy_revision": revision,
        "sessions": result.sessions,
        "calls": result.calls,
        "without_verdict": result.unjudged,
        "before": {name: result.before[effect] for effect, name in enumerate(EFFECTS)},
        "after": {name: result.after[effect] for effect, name in enumerate(EFFECTS)},
        "changes": {name: result.counts[name] for name in NEWLY},
        "changed": [_changed_data(item) for item in result.changed],
        "friction": {
            rule: {"asked": item.asked, "denied": item.denied, "newly": item.newly}
            for rule, item in sorted(
                result.friction.items(), key=lambda item: (-item[1].asked - item[1].denied, item[0])
            )
        },
    }


def _changed_data(changed: Changed) -> JsonObject:
    return {
        "session": changed.session,
        "event": changed.number,
        "event_id": changed.event,
        "call": changed.call,
        "before": EFFECTS[changed.before],
        "after": EFFECTS[changed.after],
        "rule": changed.rule,
        "text": changed.text,
    }


def as_text(policy: str, result: Backtest) -> str:
    """Return a backtest for people."""
    head = f"{result.calls} recorded calls of {_sessions(result.sessions)} under {policy}"
    lines = [head + (f" ({result.unjudged} without a verdict, taken as allowed)" if result.unjudged else "")]
    lines.append(f"  before: {_spread(result, after=False)}    after: {_spread(result, after=True)}")
    if not any(result.counts.values()):
        lines.append("  every call is judged as before")
    for name in NEWLY[::-1]:
        count = result.counts[name]
        if count:
            calls = [item for item in result.changed if NEWLY[item.after] == name]
            lines += ["", f"{name.replace('-', ' ').capitalize()} ({count}):"]
            lines += [
                f"  {_MARKS[name]} {call.session[:8]} #{call.number}  {call.call}  ← {call.rule}"
                for call in calls[:SHOWN]
            ]
            lines += [f"  … and {count - SHOWN} more"] if count > SHOWN else []
    lines += _friction(result)
    return "\n".join(lines) + "\n"


def _sessions(count: int) -> str:
    return f"{count} session{'' if count == 1 else 's'}"


def _spread(result: Backtest, *, after: bool) -> str:
    counts = result.after if after else result.before
    return ", ".join(f"{counts[effect]} {name}" for effect, name in enumerate(EFFECTS))


def _friction(result: Backtest) -> list[str]:
    if not result.friction:
        return []
    lines = ["", "Friction per rule:"]
    ordered = sorted(result.friction.items(), key=lambda item: (-item[1].asked - item[1].denied, item[0]))
    for rule, entry in ordered[:SHOWN]:
        share = 100 * (entry.asked + entry.denied) / result.calls
        lines.append(
            f"  {entry.asked + entry.denied:6}  {share:5.1f} %  {rule} ({entry.asked} asked, {entry.denied} denied, {entry.newly} newly)"
        )
    return lines
