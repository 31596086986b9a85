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
        return any(one.new.effect < one.old.effect for one in comparison.differences)
    if wanted == "tightened":
        return any(one.new.effect > one.old.effect for one in comparison.differences)
    return any(one.change == wanted for one in comparison.differences)


def as_data(old: str, new: str, comparison: Comparison) -> JsonObject:
    """Return a comparison as JSON data."""
    return {
        "old": old,
        "new": new,
        "equal": comparison.empty,
        "differences": [_difference_data(one) for one in comparison.differences],
        "settings": [{"setting": name, "old": before, "new": after} for name, before, after in comparison.settings],
        "unshown": list(comparison.unshown),
    }


def _difference_data(one: Difference) -> JsonObject:
    data: JsonObject = {
        "kind": one.kind,
        "change": one.change,
        "old": _said_data(one.old),
        "new": _said_data(one.new),
        "call": {"tool": one.call.tool, "input": one.call.input},
        "text": one.call.text,
    }
    if one.moment:
        data["from"] = _day(one.moment)
    return data


def _said_data(said: Said) -> dict[str, str]:
    data = {"effect": EFFECTS[said.effect], "rule": said.rule, "source": said.source}
    return data if said.shadow == said.effect else {**data, "shadow": EFFECTS[said.shadow]}


def as_text(old: str, new: str, comparison: Comparison) -> str:
    """Return a comparison for people."""
    if comparison.empty:
        return f"{old} and {new} say the same.\n"
    lines = [f"--- {old}", f"+++ {new}"]
    for one in comparison.differences:
        effects = f"{_effect(one.old)} → {_effect(one.new)}"
        since = f" from {_day(one.moment)}" if one.moment else ""
        lines += [f"{_MARKS[one.change]} {one.kind:8}{effects:18}{one.call.text}{since}", f"{'':10}{_rule(one.old)} → {_rule(one.new)}"]
    lines += [
        f"  {name}: {before if before is not None else 'absent'} → {after if after is not None else 'absent'}"
        for name, before, after in comparison.settings
    ]
    lines += [f"  cannot be shown here: {text}" for text in comparison.unshown]
    return "\n".join(lines) + "\n"


def _effect(said: Said) -> str:
    return EFFECTS[said.effect] + (f" (observed: {EFFECTS[said.shadow]})" if said.shadow != said.effect else "")


def _rule(said: Said) -> str:
    return said.rule + (f" [{said.source}]" if said.source else "")


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
