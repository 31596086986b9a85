"""The forms of a comparison of two policies: text and JSON."""

from __future__ import annotations

from datetime import UTC, datetime

from gateway.authoring.diff.compare import Comparison, Difference, Said
from gateway.model.effects import EFFECTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

_MARKS = {"newly-allowed": "+", "newly-asked": "?", "newly-denied": "-", "observed": "~"}

FAIL_ON = ("any", "relaxed", "tightened", "newly-allowed", "newly-asked", "newly-denied")
"""What `--fail-on` may name."""


def fails(comparison: Comparison, wanted: str) -> bool:
    """Whether a comparison holds what was asked to fail."""
    if wanted == "any":
        return not comparison.empty
    if wanted == "relaxed":
        return any(difference.new.effect < difference.old.effect for difference in comparison.differences)
    if wanted == "tightened":
        return any(difference.new.effect > difference.old.effect for difference in comparison.differences)
    return any(difference.change == wanted for difference in comparison.differences)


def as_data(old: str, new: str, comparison: Comparison) -> JsonObject:
    """Return a comparison as JSON data."""
    return {
        "old": old,
        "new": new,
        "equal": comparison.empty,
        "differences": [_difference_data(difference) for difference in comparison.differences],
        "settings": [{"setting": name, "old": before, "new": after} for name, before, after in comparison.settings],
        "unshown": list(comparison.unshown),
    }


def _difference_data(difference: Difference) -> JsonObject:
    data: JsonObject = {
        "kind": difference.kind,
        "change": difference.change,
        "old": _said_data(difference.old),
        "new": _said_data(difference.new),
        "call": {"tool": difference.call.tool, "input": difference.call.input},
        "text": difference.call.text,
    }
    if difference.moment:
        data["from"] = _day(difference.moment)
    return data


def _said_data(verdict: Said) -> dict[str, str]:
    data = {"effect": EFFECTS[verdict.effect], "rule": verdict.rule, "source": verdict.source}
    return data if verdict.shadow == verdict.effect else {**data, "shadow": EFFECTS[verdict.shadow]}


def as_text(old: str, new: str, comparison: Comparison) -> str:
    """Return a comparison for people."""
    if comparison.empty:
        return f"{old} and {new} say the same.\n"
    lines = [f"--- {old}", f"+++ {new}"]
    for difference in comparison.differences:
        effects = f"{_effect(difference.old)} → {_effect(difference.new)}"
        since = f" from {_day(difference.moment)}" if difference.moment else ""
        lines += [
            f"{_MARKS[difference.change]} {difference.kind:8}{effects:18}{difference.call.text}{since}",
            f"{'':10}{_rule(difference.old)} → {_rule(difference.new)}",
        ]
    lines += [
        f"  {name}: {before if before is not None else 'absent'} → {after if after is not None else 'absent'}"
        for name, before, after in comparison.settings
    ]
    lines += [f"  cannot be shown here: {text}" for text in comparison.unshown]
    return "\n".join(lines) + "\n"


def _effect(verdict: Said) -> str:
    return EFFECTS[verdict.effect] + (
        f" (observed: {EFFECTS[verdict.shadow]})" if verdict.shadow != verdict.effect else ""
    )


def _rule(verdict: Said) -> str:
    return verdict.rule + (f" [{verdict.source}]" if verdict.source else "")


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
