"""The forms of a generated policy: the document itself, and the report on how it was chosen."""

from __future__ import annotations

import json
from collections import Counter

from gateway.authoring.generate.learning.choosing import Tried
from gateway.authoring.generate.run import Generated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gateway.model.json_text import JsonObject

SHOWN = 12
"""Most calls that are named of each kind that nothing was learned from."""


def document_text(found: Generated) -> str:
    """Return the document as it is written to a file."""
    return json.dumps(found.document, indent=2, ensure_ascii=False) + "\n"


def as_data(found: Generated) -> JsonObject:
    """Return a generated policy with its report as JSON data."""
    return {
        "policy": found.document,
        "sessions": found.sessions,
        "calls_learned": found.learned,
        "levels": [
            {
                "dimension": one.dimension,
                "level": one.level,
                "chosen": one.chosen,
                "held_out_calls": one.held,
                "held_out_denied": one.denied,
                "denial_rate": round(one.denial, 4),
                "neighbours": one.neighbours,
                "neighbours_allowed": one.granted,
                "over_grant": round(one.overgrant, 4),
            }
            for one in found.tried
        ],
        "left_out": [
            {"session": one.seen.session, "event": one.seen.number, "call": one.seen.text, "why": one.why, "detail": one.detail}
            for one in found.left_out
        ],
    }


def report_text(found: Generated) -> str:
    """Return how the policy was chosen, for people."""
    lines = [f"Learned from {found.learned} calls of {found.sessions} session{'' if found.sessions == 1 else 's'}."]
    held = found.tried[0].held if found.tried else 0
    if found.tried:
        lines.append(
            f"Held out, session by session: {held} calls."
            if held
            else "One session only: nothing could be held out, so the levels are the usual ones."
        )
        lines += ["", f"  {'':10} {'level':12} {'held-out denied':>16} {'over-grant':>11}"]
        lines += [_row(one) for one in found.tried]
        lines += ["", "over-grant: the share of the neighbours of what was seen, which nobody did, that the policy would allow."]
    counts = Counter(one.why for one in found.left_out)
    for why, count in counts.items():
        lines += ["", f"Not learned, {why} ({count}):"]
        told = Counter(f"{one.seen.text}  ({one.detail})" for one in found.left_out if one.why == why)
        lines += [f"  {text}{f' ×{times}' if times > 1 else ''}" for text, times in told.most_common(SHOWN)]
        lines += [f"  … and {len(told) - SHOWN} more"] if len(told) > SHOWN else []
    return "\n".join(lines) + "\n"


def _row(one: Tried) -> str:
    denied = f"{100 * one.denial:.1f} %" if one.held else "-"
    return f"{'→' if one.chosen else ' '} {one.dimension:10} {one.level:12} {denied:>16} {f'{100 * one.overgrant:.1f} %':>11}"
