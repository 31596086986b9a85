"""How full a model's context window is: after the last request, and at its fullest. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.analysis.usage.tokens import Use, counted_once


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Tokens in the window.

    last  after the last request: what a compaction made room for is free again
    peak  after the fullest one
    """

    model: str
    last: int
    peak: int
    requests: int


def occupancy(uses: Iterable[Use]) -> Occupancy:
    """Return how full the window of a session's own model was; each request sends all of the context, so they are not
    summed.

    Subagents fill windows of their own and are left out.
    """
    own = sorted((use for use in counted_once(uses) if not use.aside), key=lambda use: use.at)
    if not own:
        return Occupancy("", 0, 0, 0)
    return Occupancy(own[-1].model, own[-1].tokens.total, max(use.tokens.total for use in own), len(own))
