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


def document_text(generated: Generated) -> str:
    """Return the document as it is written to a file."""
    return json.dumps(generated.document, indent=2, ensure_ascii=False) + "\n"


def as_data(generated: Generated) -> JsonObject:
    """Return a generated policy with its report as JSON data."""
    return {
        "policy": generated.document,
        "sessions": generated.sessions,
        "calls_learned": generated.learned,
        "levels": [
            {
                "dimension": item.dimension,
                "level": item.level,
                "chosen": item.chosen,
                "held_out_calls": item.held,
                "held_out_denied": item.denied,
                "denial_rate": round(item.denial, 4),
                "neighbours": item.neighbours,
                "neighbours_allowed": item.granted,
                "over_grant": round(item.overgrant, 4),
            }
            for item in generated.tried
        ],
        "left_out": [
            {
                "session": item.seen.session,
                "event": item.seen.number,
                "call": item.seen.text,
                "why": item.why,
                "detail": item.detail,
            }
            for item in generated.left_out
        ],
    }


def report_text(generated: Generated) -> str:
    """Return how the policy was chosen, for people."""
    lines = [
        f"Learned from {generated.learned} calls of {generated.sessions} session{'' if generated.sessions == 1 else 's'}."
    ]
    held = generated.tried[0].held if generated.tried else 0
    if generated.tried:
        lines.append(
            f"Held out, session by session: {held} calls."
            if held
            else "One session only: nothing could be held out, so the levels are the usual ones."
        )
        lines += ["", f"  {'':10} {'level':12} {'held-out denied':>16} {'over-grant':>11}"]
        lines += [_row(item) for item in generated.tried]
        lines += [
            "",
            "over-grant: the share of the neighbours of what was seen, which nobody did, that the policy would allow.",
        ]
    counts = Counter(item.why for item in generated.left_out)
    for why, count in counts.items():
        lines += ["", f"Not learned, {why} ({count}):"]
        told = Counter(f"{item.seen.text}  ({item.detail})" for item in generated.left_out if item.why == why)
        lines += [f"  {text}{f' ×{times}' if times > 1 else ''}" for text, times in told.most_common(SHOWN)]
        lines += [f"  … and {len(told) - SHOWN} more"] if len(told) > SHOWN else []
    return "\n".join(lines) + "\n"


def _row(tried: Tried) -> str:
    denied = f"{100 * tried.denial:.1f} %" if tried.held else "-"
    return f"{'→' if tried.chosen else ' '} {tried.dimension:10} {tried.level:12} {denied:>16} {f'{100 * tried.overgrant:.1f} %':>11}"
